# Texts of problems: the title, and what to do about it.
malformed = The request cannot be read
    .detail = The body is not well-formed JSON, or not a well-formed form.
invalid = Some fields are wrong
    .detail = Put the fields in the list right and send the request again. Nothing has been changed.
invalid-parameters = Some parameters are wrong
    .detail = Put the parameters in the list right.
bad-cursor = The cursor does not fit
    .detail = It belongs to another listing or other filters. Begin at the first page.
bad-idempotency-key = The Idempotency-Key does not fit
    .detail = A key has 1–255 printable characters without spaces.
idempotency-key-reused = The key was used for another request
    .detail = Use a key of its own for each new request.
bad-code = The code does not fit
    .detail = The code is wrong, used or too old. Ask for a new one.
bad-refresh-token = The session does not go on
    .detail = Sign in again.
unauthenticated = Sign in
    .detail = The request has no valid access token.
bad-client = The client or its secret is wrong
    .detail = Check the identifier and the secret.
forbidden = You may not do this
    .detail = Your role or scope does not reach this far.
not-found = There is nothing here
    .detail = There is no such thing, or you may not know of it.
method-not-allowed = The path does not know the method
    .detail = The Allow header says which methods it knows.
not-acceptable = Nothing acceptable to offer
    .detail = Change the Accept header.
unsupported-media-type = The type of the body does not fit
    .detail = Change the Content-Type header and the body.
too-large = The body is too large
    .detail = Make it smaller.
too-slow = The body came too slowly
    .detail = Send it again.
stale = It changed at the same time
    .detail = Others were faster. Get the newest version and try again.
exists = There is one already
    .detail = The same has been stored already.
precondition-failed = It has changed
    .detail = You have an old version. Get the newest one and make the change to that.
precondition-required = Say which version you change
    .detail = Send in If-Match the ETag that you got when you read it.
too-many-requests = Too many requests
    .detail = Wait a while. The Retry-After header says how long.
internal = Something went wrong on our side
    .detail = Nothing has been changed. Tell the request's identifier to those who run the service.
overloaded = Too much to do at the moment
    .detail = Try again in a moment.
out-of-turn = This is not possible now
    .detail = The action “{ $action }” is not possible while the state is “{ $state }”. The list of actions says what is possible.
own-claim = Nobody handles their own claim
    .detail = Whoever claims a fee can neither check nor approve it. Ask another person.
no-decision = The area has no decision to use experts
    .detail = Ordering is possible while a decision of the wellbeing services county is in force. Ask its competence centre.
wrong-parent = The level does not fit here
    .detail = Something of this level cannot belong to the chosen parent.
email-taken = The e-mail address is taken
    .detail = Another person has the same address.

# What is wrong with a field.

field-required = This is missing.
field-unknown-field = There is no such field.
field-unknown-parameter = There is no such parameter.
field-wrong-type = The value is of the wrong type.
field-wrong-form = The value is of the wrong form.
field-too-short = The text is too short.
field-too-long = The text is too long.
field-too-small = The number is too small.
field-too-big = The number is too big.
field-out-of-range = The number is out of range.
field-too-few = There are too few items.
field-too-many = There are too many items.
field-repeated = The same value is there twice.
field-not-allowed = The value is not among those allowed.
field-unknown-code = The code is not in the code set.
field-wrong-check-digit = The check digit is wrong.
field-unknown-reference = What this refers to does not exist.
field-ends-before-it-begins = It ends before it begins.

# Why an action is not possible.

why-not-now = This is not possible in the present state.
why-not-yours = Somebody else does this.

# E-mail.

sign-in-mail = Sign-in code for Kokemusväylä
    .text = Your sign-in code is { $code }. It is good for 10 minutes. If you did not ask for a code, you can ignore this message.

# Fees and payment.

fee-form-exists = There is a fee form already
    .detail = An assignment has one fee form, and a paid form one correction. Change the one that is there, or withdraw it first.
not-paid = The form has not been paid
    .detail = Only a paid form is corrected by a new one. What was not paid can still be changed.
nothing-payable = Nothing is paid for this yet
    .detail = A fee form is written when the task was done, or cancelled so that it is paid all the same. It needs an agreement in force.
nothing-claimed = The form is empty
    .detail = Add a fee or expenses. If neither is wanted, no form is needed.
no-payroll-identity = Payroll would not know whom to pay
    .detail = Give the identity code, the account and the address as the payroll identity, and submit the form again.
no-tax-card = Nothing was said about the tax card
    .detail = Say how payroll gets the tax card: attached, fetched by payroll, or on file. If there is none, say that.
not-declared = The form was not declared to be right
    .detail = Declare that what the form says is right, and submit it again.
package-changed = The form has been approved anew
    .detail = Fetch the newest revision and acknowledge that.
schedule-exists = Another schedule begins on the same day
    .detail = An area has one fee schedule for each first day.
field-whole-units = The quantity must be whole units.
field-one-of = Give exactly one of these.
field-not-with-waived-fee = The fee was waived, so there can be no fee lines.
field-not-with-void = A form that voids another one claims nothing.
field-not-for-kind = This does not belong to this kind.
field-no-rates-for-year = The rates of that year are not known.
field-no-such-rate = There is no known rate of this kind for that year.
field-above-tax-free = The amount is above the tax-free maximum.
field-not-an-area = This is not a wellbeing services county.
warning-tax-card-missing = Without a tax card, 60 per cent is withheld.
warning-receipt-missing = The expense has no receipt.
warning-rate-unverified = The rate behind the amount was not checked at its source.
warning-above-area-cap = The expenses are above the area's maximum.
warning-paid-otherwise = The amount paid is not the one approved.
why-own-claim = Nobody handles their own fee form.
fee-may-affect-benefits = A fee may affect your benefits. Ask Kela or your unemployment fund.
