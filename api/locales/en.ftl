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
already-done = It has been done already
    .detail = An earlier try was carried out. You are trusted with less now than you were then, so what was answered is not shown again. Look how things stand now.
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
own-order = Nobody approves their own order
    .detail = Somebody else approves an order than the one who orders or wrote it down.
same-approver = Another person has to approve
    .detail = Here two different people check and approve a fee form. Ask another person to approve it.
waived-by-other = Only the expert can give up the fee
    .detail = Giving up a fee is the expert's own decision. They record it themself.
no-decision = The area has no decision to use experts
    .detail = Ordering is possible while a decision of the wellbeing services county is in force. Ask its competence centre.
wrong-parent = The level does not fit here
    .detail = Something of this level cannot belong to the chosen parent.
too-deep = The tree is too deep
    .detail = There are so many units under one another that nothing can belong to this one.
has-signed-in = The person has signed in already
    .detail = The person has signed in with this address and changes it themselves. If they have lost their mailbox, an administrator can ask for another address for them.
own-account = It is your own account
    .detail = You cannot do this to your own account. Your own address you can change yourself.
person-deactivated = The person has been deactivated
    .detail = Reactivate the person first.
email-taken = The e-mail address is taken
    .detail = Another person has the same address.
questions-not-published = The questions are not published yet
    .detail = Nobody answers a draft. Use the published feedback form.
feedback-closed = The assignment is closed
    .detail = Feedback can no longer be changed. Only that it may be quoted can still be taken back.
year-not-over = The year was not over yet
    .detail = It was compiled before the year was over. Compile it again when the year is over, and freeze it then.
compilation-frozen = The year's compilation is frozen
    .detail = Feedback that belongs to the compilation can no longer be given or changed.
nothing-to-assess = The task was not done
    .detail = Feedback is given on a task that was done.
quote-not-permitted = The answer may not be quoted
    .detail = Whoever answered did not permit quoting.
already-published = A compilation is published already
    .detail = Another compilation of the area and year is published. The difference of two could give individual people away.
own-support = Nobody is their own support person
    .detail = Choose somebody else.
attached-elsewhere = The file is attached to something else already
    .detail = Upload the file again and attach the new one.
wrong-purpose = The file was uploaded for another purpose
    .detail = Upload it again for the right purpose.
own-concern = Nobody answers a concern of their own
    .detail = Someone else than the one who raised it must answer.
node-ended = The work of the organisation or the unit has ended
    .detail = Choose its successor, which its history names.
role-held = The person holds this role here already
    .detail = Renew the present one if its last day changes.
sent-by-machine = The notice goes by e-mail
    .detail = It does not have to be delivered by hand.
not-approved = The order has not been approved
    .detail = The person in charge approves orders of this unit before they are brokered.
tasks-ahead = A task of the order is still to be done
    .detail = The order is closed when each of its tasks has been done or cancelled.
already-accepted = Somebody has accepted already
    .detail = The order cannot be cancelled as a whole. Cancel the assignments one by one, or stop looking for more experts.
description-changed = The task has changed
    .detail = The description is no longer the one that you name. The list says what has changed: read it and decide again.
offer-expired = The time to answer has run out
    .detail = The offer can no longer be answered. Ask whoever sent it for a new one.
offer-not-expired = There is still time to answer
    .detail = The time to answer the offer has not run out yet.
call-closed = The call is closed
    .detail = Its deadline has passed, or the experts have been found.
not-available = The expert takes no tasks now
    .detail = They have said “not now”, or have left the bank. Tell first that tasks are welcome again.
already-asked = Somebody has been asked already
    .detail = The experts in the list have an offer for this order. Leave them out.

# What is wrong with a field.

field-names-person = The text tells the name of the person, which a card must not.
field-contact-details = The text has contact details in it, which a card must not.
field-consent-needed = Consent is missing. Nothing is kept without it.
field-in-future = The day is in the future.
field-before-agreed = The day is before anything was agreed on.
field-before-the-claim = Nobody is paid before the task was done or the form was written.
field-duplicate = The same is there twice.
field-cannot-change = This cannot be changed.
field-wrong-purpose = The file was uploaded for another purpose.
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
field-not-with-level = This cannot be given at this level.
field-itself = This cannot be the thing itself.
field-in-past = The day has passed.
field-before-start = The end is before the beginning.
field-unknown-reference = What this refers to does not exist.
field-ends-before-it-begins = It ends before it begins.
field-no-such-question = There is no such question.
field-name-is-told = Whoever takes a task is known by name to the unit that ordered it: both names are in the agreement. Say name, too, or decline.
field-channel-needs-it = The chosen channel needs this. Give it, or choose another channel.
field-no-centre = No competence centre reads concerns about this organisation. Name one that has a centre, for example your own area.
field-no-administrator = Nobody runs the installation who could read it. Leave the centre as its reader.
field-not-on-the-scale = The answer is a number from one to five.
field-not-yes-or-no = The answer is yes or no.
field-not-words = The answer is text.
field-empty = The text is empty.
field-wrong-side = The feedback form is for another side.
field-not-a-choice = Only a choice has alternatives.
field-tag-does-not-fit = The tag does not fit such a question.
field-audience-counts-only = Audiences are not asked for text.
field-not-answered-in-words = The question was not answered in words.
field-more-than-respondents = There are more answers than respondents.
field-before-from = It ends before it begins.
field-accepted-as-it-is = An expert has accepted this already. Agree on the change with them in the agreement, or order anew.
field-below-accepted = More experts than that have accepted already.
field-shares-not-100 = The shares must add up to 100.
field-not-with-fee-basis = This does not go with the fee basis.
field-changed = This has changed since it was shown.
field-in-the-past = The time is in the past.
field-too-far-off = This is too far off: at the most two years.
field-cannot-pay = This cannot be the payer: a payer is in the orderer’s own welfare area, or of its own organisation.
field-not-an-orderer = The person does not order for this unit.
field-not-a-liaison = The person is not a liaison of this unit.
field-not-an-organisation = This is not an organisation.
field-nobody-brokers = Nobody brokers orders in this organisation.
field-exactly-one = Give exactly one of the two.
field-not-claimed = The expert has not given up the fee.
field-not-available = Nobody can be asked by this card now.
field-already-asked = This expert has been asked already.
field-not-a-month = The span is of whole months: from the first day to the last.

# Why an action is not possible.

why-not-now = This is not possible in the present state.
why-not-yours = Somebody else does this.
why-own-account = It is your own account.
why-own-order = Nobody approves an order of their own.
why-year-not-over = It was compiled before the year was over. Compile it again when the year is over.
why-not-approved = The order waits for its approval.
why-same-approver = Somebody else approves, because you have checked.
why-task-begun = The agreed time has come.
why-fee-form-exists = There is a fee form for the task. Withdraw it first.
why-already-confirmed = The agreement is already confirmed from your side.
why-both-sides = You have already confirmed for the other party.
why-amendment-open = An amendment is already being filled in.
why-place-given-up = The task was cancelled before the agreed time.
why-task-ahead = The agreed time has not come yet.
why-not-delivered = The material has not been delivered yet.
why-assignment-ended = The task is over.
why-already-accepted = An expert has accepted already. Cancel the assignments one by one.
why-tasks-ahead = A task of the order is still to be done.
why-not-booked = You have no seat here.
why-not-asked-for = You did not ask for this session.

# E-mail.

sign-in-mail = Sign-in code for Kokemusväylä
    .text = Your sign-in code is { $code }. It is good for 10 minutes. If you did not ask for a code, you can ignore this message.
address-code-mail = Confirm your new e-mail address
    .text = Your code is { $code }. With it you confirm that you sign in to Kokemusväylä with this address from now on. It is good for 10 minutes. If you did not ask for a code, you can ignore this message.
address-changed-mail = The address that you sign in with has been changed
    .text = The address that you sign in to Kokemusväylä with has been changed to another one. No more sign-in codes are sent to this address. If you did not change it, tell your contact person at once.
address-asked-mail = The address that you sign in with is about to change
    .text = An administrator has asked that you sign in to Kokemusväylä with another e-mail address. It can be signed in with from { $from } on. If you have not asked for this, sign in with this address before then: nothing changes in that case.
access-rejected = Kokemusväylä: your request for access was not approved
    .text =
        Your request for access to Kokemusväylä was not approved. The reason: { $reason }

        You may ask again.

        This message cannot be replied to.

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
rates-changed = Travel rates have been put right
    .detail = The sums were computed by rates that have been put right since. Save the form again, look at the new sums and declare that they are right.
not-declared = The form was not declared to be right
    .detail = Declare that what the form says is right, and submit it again.
package-changed = The package has changed since: it was approved anew, or it tells of another payee or income type
    .detail = Fetch the newest revision and acknowledge that.
field-whole-units = The quantity must be whole units.
field-one-of = Give exactly one of these.
field-not-with-waived-fee = The fee was waived, so there can be no fee lines.
field-not-with-void = A form that voids another one claims nothing.
field-not-for-kind = This does not belong to this kind.
field-no-rates-for-year = The rates of that year are not known: {$about} is missing. Whoever manages the area or the installation can enter it, with its source, as an expense rate table.
field-no-such-rate = This rate is not known for that day: {$about}. Whoever manages the area or the installation can enter it, with its source, as an expense rate table.
field-not-the-same-year = The rates of a year are never those of another: the last day is in the same year as the first.
about-kilometre-car = a kilometre by car
about-kilometre-motorcycle = a kilometre by motorcycle
about-kilometre-moped = a kilometre by moped
about-kilometre-other = a kilometre by another vehicle
about-kilometre-passenger = the addition for a passenger
about-per-diem-full = the full daily allowance
about-per-diem-partial = the partial daily allowance
about-meal-one = the meal allowance for one meal
about-meal-two = the meal allowance for two meals
about-night = the allowance for a night
field-above-tax-free = The amount is above the tax-free maximum.
field-not-an-area = This is not a wellbeing services county.
warning-tax-card-missing = Without a tax card, 60 per cent is withheld.
warning-receipt-missing = The expense has no receipt.
warning-rate-unverified = The rate behind the amount was not checked at its source.
warning-twice-for-one-day = One allowance covers the day: a daily allowance, a meal or a night is here twice.
warning-above-area-cap = The expenses are above the area's maximum.
warning-above-rate = The amount is above what the rate of the day is now: it was put right after it was computed.
warning-far-from-task = The day of the expense is neither that of the task nor the one before or after it. The day decides which year's rate is used.
warning-no-day-before = The travel day goes on from the day before, for which there is no daily allowance.
warning-longer-than-performed = A fee is asked for more time than was recorded for the task.
warning-another-day-than-agreed = The task was recorded for another day than was agreed. The day decides which rates are used.
warning-paid-otherwise = The amount paid is not the one approved.
why-own-claim = Nobody handles their own fee form.
fee-may-affect-benefits = A fee may affect your benefits. Ask Kela or your unemployment fund.
# Assignments and agreements.

not-delivered = The material has not been delivered yet
    .detail = Orientation material and both feedback forms are delivered before the task. Deliver them, or record why the task can be done without them.
task-begun = The task has already begun
    .detail = The agreed time has come, so it is too late to step back.
place-given-up = The place in the order has been given up
    .detail = The task was cancelled before the agreed time, and somebody else is looked for. If it is done after all, order it anew.
task-ahead = The task has not begun yet
    .detail = A task is recorded as done from the agreed day on, and that someone did not come once the agreed time has come. If the day has changed, amend the agreement.
revision-changed = The agreement has changed
    .detail = The agreement has been changed since you read it. Read the newest revision and confirm that.
already-confirmed = The agreement is already confirmed
    .detail = You have already confirmed this revision. It waits for the other party.
both-sides = One person does not confirm for both
    .detail = Each party confirms the agreement for itself.
amendment-open = An amendment is already being filled in
    .detail = This assignment already has an amendment that is being filled in. Go on with that one.
assignment-ended = The assignment has ended
    .detail = The assignment has ended, and its agreement cannot be changed any more.
nothing-to-publish = There is nothing to publish
    .detail = The document has no text that is not published already.
not-acknowledged = This document is not acknowledged
    .detail = Only published documents that are marked to be acknowledged can be.
not-invited = The session is not for this person
    .detail = Only those to whom the session was offered can book it.
session-full = The session is full
    .detail = Every seat is taken.
not-booked = There is no seat to give back
    .detail = Only somebody who has booked a seat can give it back.
not-asked-for = Nobody asked for this session
    .detail = Only the expert who asked for a session takes the request back.
still-attached = The file is attached
    .detail = What is attached to something stays with it. Change the thing instead.
too-many-files = There are too many files
    .detail = So many files wait to be attached, or are attached here, that no more are taken. Discard those that are not needed.
record-full = What is kept of it is full
    .detail = So much has happened to it that it can only be brought to its end now. Begin anew with another one.
field-not-after-start = The end is not after the beginning.
field-wrong-length = The text is empty or too long.
field-below-agreed = This is less than what was agreed on.
field-not-invited = The person is not among those invited.

agreement-print-title = Assignment agreement
agreement-print-number = Agreement { $number }, revision { $revision }
agreement-print-drafting = Draft. The agreement is not in force yet.
agreement-print-in-force = In force since
agreement-print-amended = Another agreement has taken the place of this one.
agreement-print-lapsed = The agreement lapsed.
agreement-print-parties = Parties
agreement-print-unit = Orderer
agreement-print-y-tunnus = Business ID
agreement-print-orderer = Representative of the orderer
agreement-print-expert = Expert by experience
agreement-print-represents = The expert represents
agreement-print-partner = Professional partner
agreement-print-payer = Payer
agreement-print-cost-centre = Cost centre
agreement-print-conflict = Conflicts of interest
agreement-print-task = Task
agreement-print-name = Name of the task
agreement-print-experience = Experience and competence
agreement-print-nature = Nature of the activity
agreement-print-responsibility = Responsibility
agreement-print-time = Time
agreement-print-place = Place
agreement-print-target-group = Target group
agreement-print-fee = Fee and expenses
agreement-print-basis = Fee basis
agreement-print-deviation = Reason to differ from the area's fee
agreement-print-lines = Fee
agreement-print-line = Task
agreement-print-unit-counted = Unit
agreement-print-quantity = Quantity
agreement-print-rate = Rate
agreement-print-sum = Sum
agreement-print-total = Fee in total
agreement-print-preparation = preparation
agreement-print-expenses = Expenses that are compensated
agreement-print-cancellation = If the orderer cancels the task later than { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } before it begins, { $percent } per cent of the fee is paid.
agreement-print-publicity = Recording and publication
agreement-print-recording = Recording sound or picture
agreement-print-photographs = Photographs
agreement-print-publication = Publication
agreement-print-publicity-terms = Terms
agreement-print-not-asked = Not asked, and so not allowed
agreement-print-refused = Not allowed
agreement-print-given = Allowed
agreement-print-trust = Trust and support
agreement-print-secrecy-expert = What the expert keeps secret
agreement-print-secrecy-orderer = What the orderer keeps secret
agreement-print-support = Support during the task
agreement-print-debrief = Debriefing
agreement-print-insurance = Insurance
agreement-print-closed-topics = Topics that are not asked about
agreement-print-adjustments = Arrangements
agreement-print-confirmations = Confirmations
agreement-print-party = Party
agreement-print-by = Confirmed by
agreement-print-revision = Revision
agreement-print-at = Time
agreement-print-waiting = Waits for confirmation
agreement-print-digest = Digest of the confirmed content (SHA-256)
agreement-print-payroll-title = Payroll's copy of the assignment agreement
agreement-print-payroll-note = This copy holds only what payment needs. The parties have the rest of the agreement.
agreement-print-task-type = Kind of task
agreement-print-performed = Done
agreement-print-minutes = Minutes
# Notices: what kind of thing waits, never what it is about.

notice-mail =
    Hello { $name },

    { $text }.

    { $link }

    This message cannot be replied to.
notice-mail-without-link =
    Hello { $name },

    { $text }.

    You see it when you sign in to the service that you use.

    This message cannot be replied to.
notice-offer-mail =
    Hello { $name },

    { $text }.

    You can read the offer and answer it here. You need not sign in.
    { $link }

    The link is for you alone. Do not give it to others. It works until the time to answer runs out.

    This message cannot be replied to.
notice-subject = Kokemusväylä: { $text }
notice-letter =
    Hello { $name },

    { $text }.

    You can also ask your contact person or your support person for help.
notice-access-given = You have been given access
notice-access-requested = A new request for access waits for a decision
notice-agreement-changed = An agreement has changed. Please check and confirm it
notice-agreement-in-force = An agreement is in force
notice-assignment-cancelled = A task has been cancelled
notice-compilation-published = A yearly compilation has been published
notice-concern-answered = What you reported has been answered
notice-concern-raised = A new concern has been raised
notice-contact-due = Contact the expert. The time for it has passed
notice-details-disclosed = Your contact details were given to the orderer, as you agreed
notice-documents-delivered = You have received documents for a task
notice-expert-not-available = An expert who was asked is not available any more
notice-expert-stepped-back = An expert has stepped back from a task. The order tells how it goes on
notice-fee-form-due = Remember to send the fee form
notice-feedback-wanted = Please tell how the task went
notice-fee-approved = A fee form has been approved
notice-fee-paid = A fee has been paid
notice-fee-queried = The HR service has a question about a fee form
notice-fee-returned = A fee form has been returned for correction
notice-fee-submitted = A fee form waits to be checked
notice-interest-expressed = An expert is interested in an open call
notice-meeting-called = A meeting of the steering group has been called
notice-meeting-moved = A meeting of the steering group has another day or place
notice-message-received = You have a new message
notice-offer-accepted = An offer has been accepted
notice-offer-answer-recorded = Your answer to an offer has been recorded. Tell us at once if it is not right
notice-offer-answered = An offer has been answered
notice-offer-changed = The description of an offer to you has changed
notice-offer-closed = An offer to you has been closed
notice-offer-expired = The time to answer an offer has run out
notice-offer-received = You have a new offer. You are free to accept or decline it
notice-order-answered = The orderer has answered the question
notice-order-approved = Your order has been approved
notice-order-cancelled = An order has been cancelled
notice-order-closed = An order has been closed
notice-order-filled = An expert has been found for an order
notice-order-handed-over = An order has been handed over to you
notice-order-needs-approval = An order waits for your approval
notice-order-needs-information = There is a question about an order
notice-order-received = A new order has come in
notice-order-sent-back = Your order has been sent back to you
notice-order-unfilled = No expert was found for an order
notice-parties-introduced = You and the other party are introduced to each other. See when and how
notice-role-expiring = Your access is about to expire
notice-sourcing-answered = An organisation has answered whether it has a suitable expert
notice-sourcing-asked = You are asked whether your organisation has a suitable expert
notice-supervision-cancelled = A supervision session has been cancelled
notice-supervision-offered = You are invited to a supervision session
notice-supervision-wanted = An expert asks for supervision
notice-task-performed = A task has been marked as done
notice-task-reopened = What was recorded of a task has been taken back

# The yearly compilation as a page.

compilation-title = Yearly compilation
compilation-hidden-why = Figures about fewer than five people are hidden, and with them those that they could be calculated from.
compilation-hidden = hidden
compilation-counts = Orders and tasks
compilation-answers = Feedback
compilation-sums = Fees and expenses
compilation-lead-times = How long the steps took
compilation-changes = What changes
compilation-quotes = What was said
compilation-average = Average
compilation-median = Days, median
compilation-number = Number
compilation-row = Row
compilation-total = Total
compilation-side-orderer = The orderer
compilation-side-expert = The expert
compilation-side-audience = The audience
compilation-step-order-to-match = From the order to the match
compilation-step-match-to-agreement = From the match to the agreement
compilation-step-agreement-to-task = From the agreement to the task
compilation-step-task-to-payment = From the task to the payment
compilation-step-order-to-payment = From the order to the payment
compilation-orders-by-state = Orders by state
compilation-orders-by-purpose = Orders by purpose
compilation-orders-by-phase = Orders by phase of service development
compilation-orders-by-task-type = Orders by task
compilation-orders-by-mode = Orders by way of taking part
compilation-orders-by-audience = Orders by audience
compilation-orders-by-unit = Orders by unit
compilation-assignments-by-state = Assignments by state
compilation-assignments-by-fee-basis = Assignments by fee basis
compilation-experts-by-tasks = Experts by number of tasks
compilation-feedback-of-orderers = Feedback of orderers
compilation-feedback-of-experts = Feedback of experts
compilation-approved-by-kind = Approved fees and expenses
compilation-row-given = Given
compilation-row-missing = Missing
compilation-row-no-answer = No answer
compilation-row-yes = Yes
compilation-row-no = No
compilation-row-unknown = Not known
compilation-row-not-agreed = Not agreed
compilation-row-fees = Fees
compilation-row-2-3 = 2–3
compilation-row-4-6 = 4–6
compilation-row-7-or-more = 7 or more
offer-page-title = An offer of a task
offer-page-open = You are asked to do a task. You can say yes or no.
offer-page-accepted = You said yes. Thank you! The orderer will contact you.
offer-page-declined = You said no. That is quite all right. Thank you for answering.
offer-page-over = This offer can no longer be answered.
offer-page-what = What you do
offer-page-who = Who asks
offer-page-for-whom = For whom
offer-page-where = Where
offer-page-when = When
offer-page-fee = Fee and expenses
offer-page-until = Answer by
offer-page-free = You decide. If you say no, you need not say why.
offer-page-told = If you say yes, the orderer gets your name, telephone number, e-mail address and the arrangements that you need.
offer-page-accept = Yes, I take the task
offer-page-decline = No, I do not take the task
