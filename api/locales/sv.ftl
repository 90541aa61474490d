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
already-done = Detta har redan gjorts
    .detail = Ett tidigare försök lyckades. Du har nu färre behörigheter än då, så svaret visas inte igen. Se hur läget är nu.
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
    .detail = Åtgärden ”{ $action }” är inte möjlig när status är ”{ $state }”. Listan över åtgärder berättar vad som är möjligt.
own-claim = Den egna arvodesblanketten kan inte granskas
    .detail = Den som ansöker om arvode kan inte själv granska eller godkänna blanketten. Be en annan person.
own-order = Den egna beställningen kan inte godkännas
    .detail = Någon annan än den som beställer eller skrev upp beställningen godkänner den.
same-approver = En annan person behöver godkänna
    .detail = Här granskas och godkänns arvodesblanketten av två olika personer. Be en annan godkänna.
waived-by-other = Bara erfarenhetsaktören kan avstå från arvodet
    .detail = Att avstå från arvodet är erfarenhetsaktörens eget beslut. Hen antecknar det själv.
no-decision = Området saknar beslut om att anlita erfarenhetsaktörer
    .detail = Man kan beställa när välfärdsområdets beslut är i kraft. Kontakta centret för erfarenhetskompetens.
wrong-parent = Nivån passar inte här
    .detail = En enhet på denna nivå kan inte höra till den valda överordnade.
too-deep = För många nivåer
    .detail = Det finns redan så många enheter under varandra att inget kan läggas under den här.
has-signed-in = Personen har redan loggat in
    .detail = Personen har loggat in med denna adress och byter den själv. Om personen inte kommer åt sin e-post kan administratören begära en ny adress.
own-account = Det gäller ditt eget konto
    .detail = Du kan inte göra detta med ditt eget konto. Din egen adress kan du byta själv.
person-deactivated = Personens konto är inaktiverat
    .detail = Återaktivera kontot först.
email-taken = E-postadressen används redan
    .detail = En annan person har samma adress.
questions-not-published = Frågorna har inte publicerats ännu
    .detail = Ett utkast besvaras inte. Använd den publicerade responsblanketten.
feedback-closed = Uppdraget är avslutat
    .detail = Responsen kan inte längre ändras. Bara lov att citera den kan ännu tas tillbaka.
year-not-over = Året var inte slut ännu
    .detail = Sammanställningen gjordes innan året var slut. Sammanställ den på nytt när året är slut, och lås den sedan.
compilation-frozen = Årets sammanställning är låst
    .detail = Respons som hör till sammanställningen kan inte längre ges eller ändras.
nothing-to-assess = Uppdraget har inte utförts
    .detail = Respons ges på ett utfört uppdrag.
quote-not-permitted = Svaret får inte citeras
    .detail = Den som svarade har inte gett lov att citera sina ord.
already-published = En sammanställning är redan publicerad
    .detail = En annan sammanställning av området och året är publicerad. Skillnaden mellan två kunde avslöja enskilda personer.
own-support = Ingen är sin egen stödperson
    .detail = Välj någon annan till stödperson.
attached-elsewhere = Filen är redan bifogad någon annanstans
    .detail = Ladda upp filen på nytt och bifoga den nya.
wrong-purpose = Filen har laddats upp för ett annat ändamål
    .detail = Ladda upp filen på nytt för rätt ändamål.
own-concern = Man kan inte behandla sin egen anmälan
    .detail = Någon annan än den som gjort anmälan svarar på den.
node-ended = Organisationens eller enhetens verksamhet har upphört
    .detail = Välj dess efterträdare. Efterträdaren ser du i organisationens historia.
role-held = Personen har redan den här rollen här
    .detail = Förnya den gällande rollen om dess sista dag ändras.
sent-by-machine = Meddelandet skickas per e-post
    .detail = Det behöver inte levereras för hand.
not-approved = Beställningen har inte godkänts
    .detail = Den ansvariga personen godkänner enhetens beställningar innan de förmedlas.
tasks-ahead = Ett uppdrag i beställningen är inte utfört ännu
    .detail = Beställningen avslutas när vart och ett av uppdragen har utförts eller avbokats.
already-accepted = Någon har redan tackat ja
    .detail = Beställningen kan inte längre avbokas i sin helhet. Avboka uppdragen ett och ett, eller sluta söka fler.
description-changed = Uppdraget har ändrats
    .detail = Beskrivningen är inte längre den som du anger att du har sett. Listan berättar vad som har ändrats: läs den och besluta på nytt.
offer-expired = Svarstiden har gått ut
    .detail = Det går inte längre att svara på förfrågan. Be avsändaren om en ny.
offer-not-expired = Det finns ännu tid att svara
    .detail = Svarstiden för förfrågan har inte gått ut ännu.
call-closed = Ansökningstiden är slut
    .detail = Tiden har gått ut, eller så har erfarenhetsaktörer hittats.
not-available = Erfarenhetsaktören tar inte emot uppdrag nu
    .detail = Hen har sagt ”inte nu” eller lämnat banken. Berätta först att uppdrag passar igen.
already-asked = Någon har redan tillfrågats
    .detail = Erfarenhetsaktörerna i listan har redan en förfrågan om denna beställning. Lämna bort dem.

# What is wrong with a field.

field-names-person = Texten nämner personens namn. Kortet får inte göra det.
field-contact-details = Texten innehåller kontaktuppgifter. Kortet får inte ha sådana.
field-consent-needed = Samtycke saknas. Utan det sparas uppgiften inte.
field-in-future = Dagen är i framtiden.
field-before-agreed = Dagen är före den dag då något avtalades.
field-before-the-claim = Inget betalas innan uppdraget har utförts eller blanketten har skrivits.
field-duplicate = Samma finns två gånger.
field-cannot-change = Detta kan inte ändras.
field-wrong-purpose = Filen har laddats upp för ett annat ändamål.
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
field-not-with-level = Detta kan inte anges på den här nivån.
field-itself = Detta kan inte vara saken själv.
field-in-past = Dagen har redan passerat.
field-before-start = Slutet är före början.
field-unknown-reference = Det som hänvisas till finns inte.
field-ends-before-it-begins = Slutet är före början.
field-no-such-question = En sådan fråga finns inte.
field-name-is-told = När du tar emot ett uppdrag får enheten som beställt det veta ditt namn: båda namnen står i avtalet. Välj att också namnet får berättas eller tacka nej.
field-channel-needs-it = Det valda kontaktsättet behöver den här uppgiften. Ange den eller välj ett annat sätt.
field-no-centre = Inget centrum läser anmälningar om den här organisationen. Välj en organisation som har ett centrum, till exempel ditt eget område.
field-no-administrator = Tjänsten har ingen administratör som kan läsa detta. Låt det gå till centret.
field-not-on-the-scale = Svaret är ett tal från ett till fem.
field-not-yes-or-no = Svaret är ja eller nej.
field-not-words = Svaret är text.
field-empty = Texten är tom.
field-wrong-side = Responsblanketten är för den andra parten.
field-not-a-choice = Alternativ finns bara i flervalsfrågor.
field-tag-does-not-fit = Märkningen passar inte en sådan fråga.
field-audience-counts-only = Publiken ges inga öppna frågor.
field-not-answered-in-words = Frågan har inte besvarats med ord.
field-more-than-respondents = Svaren är fler än de som svarade.
field-before-from = Slutet är före början.
field-accepted-as-it-is = En erfarenhetsaktör har redan godkänt detta. Kom överens om ändringen i avtalet eller gör en ny beställning.
field-below-accepted = Fler erfarenhetsaktörer än så har redan tackat ja.
field-shares-not-100 = Andelarna ska tillsammans bli 100.
field-not-with-fee-basis = Detta passar inte ihop med arvodesgrunden.
field-changed = Detta har ändrats sedan det visades.
field-in-the-past = Tidpunkten har passerat.
field-too-far-off = Detta ligger för långt fram: högst två år.
field-cannot-pay = Denna kan inte vara betalare: betalaren hör till beställarens eget välfärdsområde eller egen organisation.
field-not-an-orderer = Personen är inte beställare för denna enhet.
field-not-a-liaison = Personen är inte kontaktperson för denna enhet.
field-not-an-organisation = Detta är inte en organisation.
field-nobody-brokers = I den här organisationen förmedlar ingen beställningar.
field-exactly-one = Ange exakt en av dessa två.
field-not-claimed = Erfarenhetsaktören har inte avstått från arvodet.
field-not-available = Ingen kan tillfrågas genom detta kort nu.
field-already-asked = Denna erfarenhetsaktör har redan tillfrågats.
field-not-a-month = Tiden är hela månader: från den första till den sista dagen.

# Why an action is not possible.

why-not-now = Detta är inte möjligt med nuvarande status.
why-not-yours = Detta görs av någon annan.
why-own-account = Det gäller ditt eget konto.
why-own-order = Ingen godkänner sin egen beställning.
why-year-not-over = Sammanställningen gjordes innan året var slut. Sammanställ den på nytt när året är slut.
why-not-approved = Beställningen väntar på godkännande.
why-same-approver = En annan godkänner, eftersom du har granskat.
why-task-begun = Den avtalade tiden har kommit.
why-fee-form-exists = Det finns redan en arvodesblankett för uppdraget. Ta tillbaka den först.
why-already-confirmed = Avtalet är redan bekräftat från er sida.
why-both-sides = Du har redan bekräftat för den andra parten.
why-amendment-open = En ändring av avtalet fylls redan i.
why-place-given-up = Uppdraget avbokades före den avtalade tiden.
why-task-ahead = Den avtalade tiden har inte kommit ännu.
why-not-delivered = Materialet har inte levererats ännu.
why-assignment-ended = Uppdraget är över.
why-already-accepted = En erfarenhetsaktör har redan tackat ja. Avboka uppdragen ett och ett.
why-tasks-ahead = Ett uppdrag i beställningen är inte utfört ännu.
why-not-booked = Du har inte anmält dig.
why-not-asked-for = Du har inte själv bett om den här träffen.

# E-mail.

sign-in-mail = Inloggningskod till Kokemusväylä
    .text = Din inloggningskod är { $code }. Den gäller i 10 minuter. Om du inte bad om en kod kan du bortse från detta meddelande.
address-code-mail = Bekräfta din nya e-postadress
    .text = Din kod är { $code }. Med den bekräftar du att du i fortsättningen loggar in i Kokemusväylä med denna adress. Den gäller i 10 minuter. Om du inte bad om en kod kan du bortse från detta meddelande.
address-changed-mail = Din inloggningsadress har bytts
    .text = Adressen som du loggar in i Kokemusväylä med har bytts till en annan. Inga inloggningskoder skickas längre till denna adress. Om du inte bytte adressen, kontakta genast din kontaktperson.
address-asked-mail = Din inloggningsadress håller på att bytas
    .text = Administratören har begärt att du loggar in i Kokemusväylä med en annan e-postadress. Man kan logga in med den från och med { $from }. Om du inte har bett om detta, logga in med denna adress innan dess: då ändras ingenting.
access-rejected = Kokemusväylä: din ansökan om behörighet godkändes inte
    .text =
        Din ansökan om behörighet till Kokemusväylä godkändes inte. Motivering: { $reason }

        Du kan ansöka på nytt.

        Det går inte att svara på detta meddelande.

# Arvoden och betalning.

fee-form-exists = Det finns redan en arvodesblankett
    .detail = Ett uppdrag har en arvodesblankett, och en betald blankett en rättelse. Ändra den som finns eller återta den först.
not-paid = Blanketten har inte betalats
    .detail = Bara en betald blankett rättas med en ny. Det som inte är betalt kan ännu ändras.
nothing-payable = För detta betalas inget ännu
    .detail = En arvodesblankett görs när uppdraget är utfört, eller avbokat så att det ändå betalas. Det behövs ett avtal i kraft.
nothing-claimed = Blanketten är tom
    .detail = Lägg till arvode eller kostnader. Om du inte vill ha någotdera behövs ingen blankett.
no-payroll-identity = Betalningsuppgifterna saknas
    .detail = Ge personbeteckning, kontonummer och adress bland betalningsuppgifterna och skicka blanketten på nytt.
no-tax-card = Inget har sagts om skattekortet
    .detail = Berätta hur personaltjänsterna får skattekortet: det finns som bilaga, de hämtar det själva eller de har det redan. Säg också om det saknas.
rates-changed = Reseersättningarna har rättats
    .detail = Beloppen är beräknade med ersättningar som har rättats sedan dess. Spara blanketten på nytt, se på de nya beloppen och försäkra att de är riktiga.
not-declared = Uppgifterna har inte försäkrats vara riktiga
    .detail = Försäkra att uppgifterna på blanketten är riktiga och skicka den på nytt.
package-changed = Underlaget har ändrats: blanketten har godkänts på nytt, eller betalningsmottagarens uppgifter eller inkomstslagen är andra
    .detail = Hämta den senaste versionen och kvittera den.
field-whole-units = Mängden måste vara hela enheter.
field-one-of = Ge exakt en av dessa.
field-not-with-waived-fee = Erfarenhetsaktören har avstått från arvodet, så det kan inte finnas arvodesrader.
field-not-with-void = En makulerande blankett begär ingenting.
field-not-for-kind = Detta hör inte till uppgifterna av detta slag.
field-no-rates-for-year = Det årets ersättningar är inte kända: {$about} saknas. Den som förvaltar området eller tjänsten kan lägga till den med källa som en tabell över reseersättningar.
field-no-such-rate = Den dagens ersättning är inte känd: {$about}. Den som förvaltar området eller tjänsten kan lägga till den med källa som en tabell över reseersättningar.
field-not-the-same-year = Ett års ersättningar är aldrig ett annat års: den sista dagen är i samma år som den första.
about-kilometre-car = kilometerersättning för bil
about-kilometre-motorcycle = kilometerersättning för motorcykel
about-kilometre-moped = kilometerersättning för moped
about-kilometre-other = kilometerersättning för annat fordon
about-kilometre-passenger = tillägget för en passagerare
about-per-diem-full = heldagtraktamente
about-per-diem-partial = partiellt dagtraktamente
about-meal-one = måltidsersättning för en måltid
about-meal-two = måltidsersättning för två måltider
about-night = nattresepenning
field-above-tax-free = Beloppet är större än det skattefria maximibeloppet.
field-not-an-area = Detta är inte ett välfärdsområde.
warning-tax-card-missing = Utan skattekort innehålls 60 procent i skatt av arvodet.
warning-receipt-missing = Det finns inget kvitto för kostnaden.
warning-rate-unverified = Ersättningen som användes i beräkningen har inte kontrollerats mot källan.
warning-twice-for-one-day = För en dag betalas en ersättning: ett dagtraktamente, en måltid eller en natt finns här två gånger.
warning-above-area-cap = Kostnaderna är större än områdets maximibelopp.
warning-above-rate = Beloppet är större än ersättningen för dagen är nu: den har rättats efter beräkningen.
warning-far-from-task = Kostnadens dag är varken uppdragets dag eller dagen före eller efter. Dagen avgör vilket års ersättning som används.
warning-no-day-before = Resdagen fortsätter dagen före, men för den dagen finns inget dagtraktamente.
warning-longer-than-performed = Arvode begärs för längre tid än uppdraget har antecknats ta.
warning-another-day-than-agreed = Uppdraget har antecknats för en annan dag än man kom överens om. Dagen avgör vilka arvoden och ersättningar som används.
warning-paid-otherwise = Det betalda beloppet är ett annat än det godkända.
why-own-claim = Ingen behandlar sin egen arvodesblankett.
fee-may-affect-benefits = Arvodet kan påverka dina förmåner. Fråga FPA eller din arbetslöshetskassa.
# Uppdrag och avtal.

not-delivered = Materialet har inte levererats ännu
    .detail = Introduktionsmaterialet och båda responsblanketterna levereras före uppdraget. Leverera dem, eller anteckna varför uppdraget kan göras utan dem.
task-begun = Uppdraget har redan börjat
    .detail = Den avtalade tiden har börjat, och därför går det inte längre att dra sig ur uppdraget.
place-given-up = Platsen i beställningen har redan lämnats
    .detail = Uppdraget avbokades före den avtalade tiden, och någon annan söks till beställningen. Om uppdraget ändå ska utföras, beställ det på nytt.
task-ahead = Uppdraget har inte börjat ännu
    .detail = Uppdraget kan antecknas som utfört från och med den avtalade dagen och frånvaro när den avtalade tiden har kommit. Om dagen har ändrats, ändra avtalet.
revision-changed = Avtalet har ändrats
    .detail = Avtalet har ändrats sedan du läste det. Läs den nyaste versionen och bekräfta den.
already-confirmed = Avtalet är redan bekräftat
    .detail = Du har redan bekräftat denna version. Nu väntar vi på den andra parten.
both-sides = Samma person bekräftar inte för båda
    .detail = Vardera parten bekräftar avtalet själv.
amendment-open = En ändring av avtalet fylls redan i
    .detail = Detta uppdrag har redan en ändring som fylls i. Fortsätt med den.
assignment-ended = Uppdraget har avslutats
    .detail = Uppdraget har redan avslutats, och avtalet kan inte längre ändras.
nothing-to-publish = Det finns inget att publicera
    .detail = Dokumentet har ingen text som inte redan är publicerad.
not-acknowledged = Detta dokument kvitteras inte
    .detail = Bara publicerade dokument som ska kvitteras kan kvitteras som lästa.
not-invited = Träffen är inte för denna person
    .detail = Bara de som har erbjudits träffen kan anmäla sig.
session-full = Träffen är full
    .detail = Alla platser är bokade.
not-booked = Ingen plats är bokad
    .detail = Bara den som har anmält sig kan avanmäla sig.
not-asked-for = Ingen har bett om den här träffen
    .detail = Bara den erfarenhetsaktör som bad om träffen tar tillbaka sin begäran.
still-attached = Filen är redan bifogad
    .detail = En bifogad fil hör till det som den är bifogad till. Ändra det i stället.
too-many-files = Det finns för många filer
    .detail = Så många filer väntar på att bifogas, eller är redan bifogade, att inga fler tas emot. Ta bort dem som inte behövs.
record-full = För mycket har hänt
    .detail = Så mycket har hänt att detta bara kan avslutas. Börja om med något nytt.
field-not-after-start = Slutet är inte efter början.
field-wrong-length = Texten är tom eller för lång.
field-below-agreed = Detta är mindre än vad som har avtalats.
field-not-invited = Personen är inte bland de inbjudna.

agreement-print-title = Uppdragsavtal
agreement-print-number = Avtal { $number }, version { $revision }
agreement-print-drafting = Utkast. Avtalet är inte i kraft ännu.
agreement-print-in-force = I kraft från och med
agreement-print-amended = Detta avtal har ersatts av ett nytt.
agreement-print-lapsed = Avtalet förföll.
agreement-print-parties = Parter
agreement-print-unit = Beställare
agreement-print-y-tunnus = FO-nummer
agreement-print-orderer = Beställarens representant
agreement-print-expert = Erfarenhetsaktör
agreement-print-represents = Erfarenhetsaktören representerar
agreement-print-partner = Arbetspar
agreement-print-payer = Betalare
agreement-print-cost-centre = Kostnadsställe
agreement-print-conflict = Jäv
agreement-print-task = Uppdrag
agreement-print-name = Uppdragets namn
agreement-print-experience = Erfarenhet och kompetens
agreement-print-nature = Verksamhetens art
agreement-print-responsibility = Ansvar
agreement-print-time = Tid
agreement-print-place = Plats
agreement-print-target-group = Målgrupp
agreement-print-fee = Arvode och kostnadsersättningar
agreement-print-basis = Arvodesgrund
agreement-print-deviation = Orsak att avvika från områdets arvode
agreement-print-lines = Arvode
agreement-print-line = Uppdrag
agreement-print-unit-counted = Enhet
agreement-print-quantity = Mängd
agreement-print-rate = Pris
agreement-print-sum = Summa
agreement-print-total = Arvode totalt
agreement-print-preparation = förberedelse
agreement-print-expenses = Kostnader som ersätts
agreement-print-cancellation = Om beställaren avbokar uppdraget senare än { $hours ->
        [one] { $hours } timme
       *[other] { $hours } timmar
    } innan det börjar, betalas { $percent } procent av arvodet.
agreement-print-publicity = Inspelning och publicering
agreement-print-recording = Inspelning av ljud eller bild
agreement-print-photographs = Fotografering
agreement-print-publication = Publicering
agreement-print-publicity-terms = Villkor
agreement-print-not-asked = Inte frågat, alltså inte tillåtet
agreement-print-refused = Inte tillåtet
agreement-print-given = Tillåtet
agreement-print-trust = Förtroende och stöd
agreement-print-secrecy-expert = Erfarenhetsaktörens tystnadsplikt
agreement-print-secrecy-orderer = Beställarens tystnadsplikt
agreement-print-support = Stöd under uppdraget
agreement-print-debrief = Avlastningssamtal
agreement-print-insurance = Försäkring
agreement-print-closed-topics = Ämnen som man inte frågar om
agreement-print-adjustments = Arrangemang
agreement-print-confirmations = Bekräftelser
agreement-print-party = Part
agreement-print-by = Bekräftad av
agreement-print-revision = Version
agreement-print-at = Tid
agreement-print-waiting = Väntar på bekräftelse
agreement-print-digest = Kontrollsumma av det bekräftade innehållet (SHA-256)
agreement-print-payroll-title = Löneutbetalningens kopia av uppdragsavtalet
agreement-print-payroll-note = Kopian innehåller bara det som behövs för utbetalningen. Parterna har avtalet i övrigt.
agreement-print-task-type = Typ av uppdrag
agreement-print-performed = Utfört
agreement-print-minutes = Minuter
# Meddelanden: vad slags ärende som väntar, aldrig vad det gäller.

notice-mail =
    Hej { $name },

    { $text }.

    { $link }

    Det går inte att svara på det här meddelandet.
notice-mail-without-link =
    Hej { $name },

    { $text }.

    Du ser ärendet när du loggar in i den tjänst som du använder.

    Det går inte att svara på det här meddelandet.
notice-offer-mail =
    Hej { $name },

    { $text }.

    Du kan läsa förfrågan och svara på den här. Du behöver inte logga in.
    { $link }

    Länken är bara för dig. Ge den inte till andra. Länken fungerar tills svarstiden går ut.

    Det går inte att svara på det här meddelandet.
notice-subject = Kokemusväylä: { $text }
notice-letter =
    Hej { $name },

    { $text }.

    Du kan också be din kontaktperson eller stödperson om hjälp.
notice-access-given = Du har fått behörighet
notice-access-requested = En ny ansökan om behörighet väntar på beslut
notice-agreement-changed = Uppdragsavtalet har ändrats. Kontrollera och bekräfta det
notice-agreement-in-force = Uppdragsavtalet är i kraft
notice-assignment-cancelled = Ett uppdrag har avbokats
notice-compilation-published = Den årliga sammanställningen har publicerats
notice-concern-answered = Det du anmälde har besvarats
notice-concern-raised = En ny anmälan om oro har kommit
notice-contact-due = Kontakta erfarenhetsaktören. Den avtalade tiden har gått
notice-details-disclosed = Dina kontaktuppgifter har lämnats till beställaren, så som ni kom överens om
notice-documents-delivered = Du har fått anvisningar för ett uppdrag
notice-expert-not-available = En tillfrågad erfarenhetsaktör står inte längre till förfogande
notice-expert-stepped-back = Erfarenhetsaktören har dragit sig ur uppdraget. Beställningen berättar hur det går vidare
notice-fee-form-due = Kom ihåg att skicka arvodesblanketten
notice-feedback-wanted = Berätta hur uppdraget gick
notice-fee-approved = En arvodesblankett har godkänts
notice-fee-paid = Ett arvode har betalats
notice-fee-queried = Personaltjänsterna har en fråga om en arvodesblankett
notice-fee-returned = En arvodesblankett har återsänts för rättelse
notice-fee-submitted = En arvodesblankett väntar på granskning
notice-interest-expressed = En erfarenhetsaktör är intresserad av en öppen utlysning
notice-meeting-called = Styrgruppen har kallats till möte
notice-meeting-moved = Styrgruppens möte har fått en annan dag eller plats
notice-message-received = Du har ett nytt meddelande
notice-offer-accepted = En uppdragsförfrågan har accepterats
notice-offer-answer-recorded = Ditt svar på förfrågan har antecknats. Säg till genast om det inte stämmer
notice-offer-answered = En uppdragsförfrågan har besvarats
notice-offer-changed = Beskrivningen av en förfrågan till dig har ändrats
notice-offer-closed = En förfrågan till dig har avslutats
notice-offer-expired = Svarstiden för en förfrågan har gått ut
notice-offer-received = Du har en ny uppdragsförfrågan. Du får fritt tacka ja eller nej
notice-order-answered = Beställaren har besvarat frågan
notice-order-approved = Din beställning har godkänts
notice-order-cancelled = En beställning har avbokats
notice-order-closed = En beställning har avslutats
notice-order-filled = En erfarenhetsaktör har hittats för beställningen
notice-order-handed-over = En beställning har överförts till dig
notice-order-needs-approval = En beställning väntar på ditt godkännande
notice-order-needs-information = Mer information behövs om en beställning
notice-order-received = En ny beställning har kommit
notice-order-sent-back = Din beställning har återsänts till dig
notice-order-unfilled = Ingen erfarenhetsaktör hittades för beställningen
notice-parties-introduced = Du och den andra parten presenteras för varandra. Se när och hur
notice-role-expiring = Din behörighet håller på att gå ut
notice-sourcing-answered = En organisation har svarat om den har en lämplig erfarenhetsaktör
notice-sourcing-asked = Du blir tillfrågad om din organisation har en lämplig erfarenhetsaktör
notice-supervision-cancelled = En arbetshandledning har avbokats
notice-supervision-offered = Du är inbjuden till arbetshandledning
notice-supervision-wanted = En erfarenhetsaktör ber om arbetshandledning
notice-task-performed = Ett uppdrag har antecknats som utfört
notice-task-reopened = En anteckning om ett uppdrag har återtagits

# The yearly compilation as a page.

compilation-title = Årlig sammanställning
compilation-hidden-why = Siffror om färre än fem personer är dolda, och med dem sådana siffror som de kunde räknas ut ur.
compilation-hidden = dold
compilation-counts = Beställningar och uppdrag
compilation-answers = Respons
compilation-sums = Arvoden och kostnader
compilation-lead-times = Hur länge skedena tog
compilation-changes = Vad som förändras
compilation-quotes = Sagt
compilation-average = Medeltal
compilation-median = Dagar, median
compilation-number = Antal
compilation-row = Rad
compilation-total = Sammanlagt
compilation-side-orderer = Beställaren
compilation-side-expert = Erfarenhetsaktören
compilation-side-audience = Publiken
compilation-step-order-to-match = Från beställning till att någon tackade ja
compilation-step-match-to-agreement = Från ja till avtal
compilation-step-agreement-to-task = Från avtal till uppdrag
compilation-step-task-to-payment = Från uppdrag till betalning
compilation-step-order-to-payment = Från beställning till betalning
compilation-orders-by-state = Beställningar efter status
compilation-orders-by-purpose = Beställningar efter syfte
compilation-orders-by-phase = Beställningar efter skede i serviceutvecklingen
compilation-orders-by-task-type = Beställningar efter uppgift
compilation-orders-by-mode = Beställningar efter sätt att delta
compilation-orders-by-audience = Beställningar efter publik
compilation-orders-by-unit = Beställningar efter enhet
compilation-assignments-by-state = Uppdrag efter status
compilation-assignments-by-fee-basis = Uppdrag efter arvodesgrund
compilation-experts-by-tasks = Erfarenhetsaktörer efter antal uppdrag
compilation-feedback-of-orderers = Beställarnas respons
compilation-feedback-of-experts = Erfarenhetsaktörernas respons
compilation-approved-by-kind = Godkända arvoden och kostnader
compilation-row-given = Given
compilation-row-missing = Saknas
compilation-row-no-answer = Inget svar
compilation-row-yes = Ja
compilation-row-no = Nej
compilation-row-unknown = Okänt
compilation-row-not-agreed = Inte avtalat
compilation-row-fees = Arvoden
compilation-row-2-3 = 2–3
compilation-row-4-6 = 4–6
compilation-row-7-or-more = 7 eller fler
offer-page-title = Förfrågan om ett uppdrag
offer-page-open = Du tillfrågas om ett uppdrag. Du kan svara ja eller nej.
offer-page-accepted = Du svarade ja. Tack! Beställaren kontaktar dig.
offer-page-declined = Du svarade nej. Det är helt okej. Tack för svaret.
offer-page-over = Det går inte längre att svara på förfrågan.
offer-page-what = Vad du gör
offer-page-who = Vem som frågar
offer-page-for-whom = För vem
offer-page-where = Var
offer-page-when = När
offer-page-fee = Arvode och kostnader
offer-page-until = Svara senast
offer-page-free = Du bestämmer själv. Om du svarar nej behöver du inte säga varför.
offer-page-told = Om du svarar ja får beställaren ditt namn, ditt telefonnummer, din e-postadress och veta vilka arrangemang du behöver.
offer-page-accept = Ja, jag tar uppdraget
offer-page-decline = Nej, jag tar inte uppdraget
