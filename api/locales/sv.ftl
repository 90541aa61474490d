# Texts of problems: the title, and what to do about it.
malformed = Begäran kan inte läsas
    .detail = Innehållet är inte giltig JSON eller ett giltigt formulär.
invalid = Några fält är felaktiga
    .detail = Rätta fälten i listan och skicka begäran på nytt. Inget har ändrats.
invalid-parameters = Några parametrar är felaktiga
    .detail = Rätta parametrarna i listan.
bad-cursor = Sidmarkören duger inte
    .detail = Markören hör till en annan lista eller andra villkor. Börja från första sidan.
bad-idempotency-key = Idempotency-Key duger inte
    .detail = Nyckeln har 1–255 synliga tecken utan mellanslag.
idempotency-key-reused = Nyckeln har redan använts för en annan begäran
    .detail = Använd en egen nyckel för varje ny begäran.
bad-code = Koden duger inte
    .detail = Koden är fel, använd eller för gammal. Be om en ny kod.
bad-refresh-token = Sessionen fortsätter inte
    .detail = Logga in på nytt.
unauthenticated = Logga in
    .detail = Begäran har ingen giltig åtkomsttoken.
bad-client = Klienten eller hemligheten är fel
    .detail = Kontrollera identifieraren och hemligheten.
forbidden = Du kan inte göra detta
    .detail = Din roll eller fullmakt räcker inte till.
not-found = Här finns inget
    .detail = Objektet finns inte, eller så får du inte se det.
method-not-allowed = Adressen känner inte metoden
    .detail = Rubriken Allow berättar vilka metoder som duger.
not-acceptable = Det begärda formatet finns inte
    .detail = Ändra rubriken Accept.
unsupported-media-type = Innehållets format duger inte
    .detail = Ändra rubriken Content-Type och innehållet.
too-large = Begäran är för stor
    .detail = Minska innehållet.
too-slow = Begäran kom för långsamt
    .detail = Skicka den på nytt.
stale = Objektet ändrades samtidigt
    .detail = Någon annan hann före. Hämta den senaste versionen och försök på nytt.
exists = Detta finns redan
    .detail = Ett likadant har redan sparats.
precondition-failed = Objektet har ändrats
    .detail = Du har en gammal version. Hämta den senaste och gör ändringen i den.
precondition-required = Berätta vilken version du ändrar
    .detail = Skicka i If-Match den ETag som du fick när du läste objektet.
too-many-requests = För många begäranden
    .detail = Vänta en stund. Rubriken Retry-After berättar hur länge.
internal = Ett fel uppstod i tjänsten
    .detail = Felet är vårt. Inget har ändrats. Berätta begärans identifierare för de ansvariga.
overloaded = Tjänsten är överbelastad
    .detail = Försök på nytt om en stund.
out-of-turn = Detta är inte möjligt nu
    .detail = Åtgärden ”{ $action }” är inte möjlig när läget är ”{ $state }”. Listan actions berättar vad som är möjligt.
own-claim = Det egna kravet kan inte granskas
    .detail = Den som ansöker om arvode kan inte själv granska eller godkänna blanketten. Be en annan person.
no-decision = Området saknar beslut om att anlita erfarenhetsaktörer
    .detail = Man kan beställa när välfärdsområdets beslut är i kraft. Kontakta centret för erfarenhetskompetens.
wrong-parent = Nivån passar inte här
    .detail = En enhet på denna nivå kan inte höra till den valda överordnade.
email-taken = E-postadressen används redan
    .detail = En annan person har samma adress.

# What is wrong with a field.

field-required = Detta saknas.
field-unknown-field = Ett sådant fält finns inte.
field-unknown-parameter = En sådan parameter finns inte.
field-wrong-type = Värdet är av fel typ.
field-wrong-form = Värdet är i fel form.
field-too-short = Texten är för kort.
field-too-long = Texten är för lång.
field-too-small = Talet är för litet.
field-too-big = Talet är för stort.
field-out-of-range = Talet är utanför tillåtet intervall.
field-too-few = Det finns för få poster.
field-too-many = Det finns för många poster.
field-repeated = Samma värde finns två gånger.
field-not-allowed = Värdet är inte bland de tillåtna.
field-unknown-code = Koden finns inte i kodverket.
field-wrong-check-digit = Kontrolltecknet är fel.
field-unknown-reference = Det som hänvisas till finns inte.
field-ends-before-it-begins = Slutet är före början.

# Why an action is not possible.

why-not-now = Detta är inte möjligt i det nuvarande läget.
why-not-yours = Detta görs av någon annan.

# E-mail.

sign-in-mail = Inloggningskod till Kokemusväylä
    .text = Din inloggningskod är { $code }. Den gäller i 10 minuter. Om du inte bad om en kod kan du bortse från detta meddelande.

# Arvoden och betalning.

fee-form-exists = Det finns redan en arvodesblankett
    .detail = Ett uppdrag har en arvodesblankett, och en betald blankett en rättelse. Ändra den som finns eller återta den först.
not-paid = Blanketten har inte betalats
    .detail = Bara en betald blankett rättas med en ny. Det som inte är betalt kan ännu ändras.
nothing-payable = För detta betalas inget ännu
    .detail = En arvodesblankett görs när uppdraget är utfört, eller inställt så att det betalas. Det behövs ett avtal i kraft.
nothing-claimed = Blanketten är tom
    .detail = Lägg till arvode eller kostnader. Om du inte vill ha någotdera behövs ingen blankett.
no-payroll-identity = Betalningsuppgifterna saknas
    .detail = Ge personbeteckning, kontonummer och adress bland betalningsuppgifterna och skicka blanketten på nytt.
no-tax-card = Inget har sagts om skattekortet
    .detail = Berätta hur personaltjänsterna får skattekortet: som bilaga, hämtar det själv eller har det redan. Säg också om det saknas.
not-declared = Uppgifterna har inte försäkrats vara riktiga
    .detail = Försäkra att uppgifterna på blanketten är riktiga och skicka den på nytt.
package-changed = Blanketten har godkänts på nytt
    .detail = Hämta den senaste versionen och kvittera den.
schedule-exists = En annan tabell börjar redan samma dag
    .detail = Ett område har en arvodestabell för varje första dag.
field-whole-units = Mängden måste vara hela enheter.
field-one-of = Ge exakt en av dessa.
field-not-with-waived-fee = Arvodet har avståtts, så det kan inte finnas arvodesrader.
field-not-with-void = En makulerande blankett begär ingenting.
field-not-for-kind = Detta hör inte till uppgifterna av detta slag.
field-no-rates-for-year = Det årets ersättningar är inte kända.
field-no-such-rate = Det årets ersättning av detta slag är inte känd.
field-above-tax-free = Beloppet är större än det skattefria maximibeloppet.
field-not-an-area = Detta är inte ett välfärdsområde.
warning-tax-card-missing = Utan skattekort innehålls 60 procent i skatt av arvodet.
warning-receipt-missing = Det finns inget kvitto för kostnaden.
warning-rate-unverified = Ersättningen som användes i beräkningen har inte kontrollerats mot källan.
warning-above-area-cap = Kostnaderna är större än områdets maximibelopp.
warning-paid-otherwise = Det betalda beloppet är ett annat än det godkända.
why-own-claim = Ingen behandlar sin egen arvodesblankett.
fee-may-affect-benefits = Arvodet kan påverka dina förmåner. Fråga FPA eller din arbetslöshetskassa.
