# Texts of problems: the title, and what to do about it.
malformed = Pyyntöä ei voi lukea
    .detail = Pyynnön sisältö ei ole kelvollista JSONia tai lomaketta.
invalid = Joissakin kentissä on virhe
    .detail = Korjaa luettelossa mainitut kentät ja lähetä pyyntö uudelleen. Mitään ei ole muutettu.
invalid-parameters = Joissakin hakuehdoissa on virhe
    .detail = Korjaa luettelossa mainitut parametrit.
bad-cursor = Sivun osoitin ei kelpaa
    .detail = Osoitin kuuluu toiseen luetteloon tai toisiin hakuehtoihin. Aloita ensimmäiseltä sivulta.
bad-idempotency-key = Idempotency-Key ei kelpaa
    .detail = Avaimessa on 1–255 näkyvää merkkiä ilman välilyöntejä.
idempotency-key-reused = Avain on jo käytetty toiseen pyyntöön
    .detail = Käytä jokaiselle uudelle pyynnölle omaa avainta.
bad-code = Koodi ei kelpaa
    .detail = Koodi on väärä, käytetty tai vanhentunut. Pyydä uusi koodi.
bad-refresh-token = Istunto ei jatku
    .detail = Kirjaudu sisään uudelleen.
unauthenticated = Kirjaudu sisään
    .detail = Pyynnössä ei ole voimassa olevaa tunnistetta.
bad-client = Asiakastunnus tai salaisuus on väärä
    .detail = Tarkista tunnus ja salaisuus.
forbidden = Et voi tehdä tätä
    .detail = Roolisi tai valtuutuksesi ei riitä tähän.
not-found = Täällä ei ole mitään
    .detail = Kohdetta ei ole, tai et voi nähdä sitä.
method-not-allowed = Tämä osoite ei tunne metodia
    .detail = Allow-otsake kertoo, mitkä metodit kelpaavat.
not-acceptable = Tarjolla ei ole pyydettyä muotoa
    .detail = Muuta Accept-otsaketta.
unsupported-media-type = Sisällön muoto ei kelpaa
    .detail = Muuta Content-Type-otsaketta ja sisältöä.
file-kind-not-taken = Tällaista tiedostoa ei voi ottaa vastaan
    .detail = Kuitiksi ja verokortiksi käy JPEG- tai PNG-kuva tai PDF, päätökseksi PDF. Muihin käy myös tekstitiedosto. Jos puhelimesi kuva on HEIC-muodossa, tallenna se JPEG-kuvana ja lähetä se.
too-large = Pyyntö on liian suuri
    .detail = Pienennä sisältöä.
too-slow = Pyyntö tuli liian hitaasti
    .detail = Lähetä se uudelleen.
stale = Kohde muuttui samaan aikaan
    .detail = Joku muu ehti ensin. Hae uusin versio ja yritä uudelleen.
exists = Tämä on jo olemassa
    .detail = Samanlainen on jo tallennettu.
already-done = Tämä on jo tehty
    .detail = Aiempi yritys onnistui. Sinulla on nyt vähemmän oikeuksia kuin silloin, tai jokin vastauksessa kerrottu on muuttunut. Siksi vastausta ei näytetä uudelleen. Katso, mikä tilanne on nyt.
precondition-failed = Kohde on muuttunut
    .detail = Sinulla on vanha versio. Hae uusin versio ja tee muutos siihen.
precondition-required = Kerro, mitä versiota muutat
    .detail = Lähetä If-Match-otsakkeessa ETag, jonka sait kun luit kohteen.
too-many-requests = Liian monta pyyntöä
    .detail = Odota hetki. Retry-After-otsake kertoo, kuinka kauan.
internal = Palvelussa tapahtui virhe
    .detail = Vika on meillä. Mitään ei ole muutettu. Kerro ylläpidolle pyynnön tunnus.
overloaded = Palvelu on ruuhkautunut
    .detail = Yritä hetken kuluttua uudelleen.
issuer-unreachable = Tunnistautumispalveluun ei saada yhteyttä
    .detail = Kirjautumisesi voimassaoloa ei voida juuri nyt tarkistaa. Yritä hetken kuluttua uudelleen.
out-of-turn = Tämä ei ole nyt mahdollista
    .detail = Toiminto ”{ $action }” ei ole mahdollinen, kun tila on ”{ $state }”. Toimintojen luettelo kertoo, mikä on mahdollista.
own-claim = Omaa palkkiolomaketta ei voi tarkistaa
    .detail = Palkkion hakija ei voi itse tarkistaa tai hyväksyä palkkiolomaketta. Pyydä toista henkilöä.
own-order = Omaa tilausta ei voi hyväksyä
    .detail = Tilauksen hyväksyy joku muu kuin se, joka tilaa tai kirjasi tilauksen.
same-approver = Tarvitaan toinen hyväksyjä
    .detail = Täällä palkkiolomakkeen tarkistaa ja hyväksyy kaksi eri ihmistä. Pyydä toista hyväksymään.
waived-by-other = Vain kokemustoimija voi luopua palkkiosta
    .detail = Palkkiosta luopuminen on kokemustoimijan oma päätös. Hän merkitsee sen itse.
no-decision = Alueella ei ole päätöstä kokemustoimijoiden käytöstä
    .detail = Tilata voi, kun hyvinvointialueen päätös on voimassa. Ota yhteyttä kokemusosaamisen keskukseen.
wrong-parent = Taso ei sovi tähän kohtaan
    .detail = Tällä tasolla oleva ei voi kuulua valittuun yläyksikköön.
too-deep = Yksiköitä on liian monta päällekkäin
    .detail = Yksiköitä on jo niin monta toistensa alla, että tämän alle ei voi lisätä enempää.
has-signed-in = Henkilö on jo kirjautunut
    .detail = Henkilö on kirjautunut tällä osoitteella ja vaihtaa sen itse. Jos hän ei pääse sähköpostiinsa, ylläpitäjä voi pyytää hänelle uuden osoitteen.
own-role = Kyseessä on oma roolisi
    .detail = Joku muu antaa roolin tai jatkaa sitä: toinen, joka antaa täällä rooleja, tai palvelun ylläpito.
left-bank = Kokemustoimija on lähtenyt pankista
    .detail = Kerro ensin, että tehtävät sopivat taas.
own-account = Kyseessä on oma tunnuksesi
    .detail = Et voi tehdä tätä omalle tunnuksellesi. Oman osoitteesi voit vaihtaa itse.
person-deactivated = Henkilön tunnus on poistettu käytöstä
    .detail = Ota tunnus ensin takaisin käyttöön.
email-taken = Sähköpostiosoite on jo käytössä
    .detail = Toisella henkilöllä on sama osoite.
questions-not-published = Kysymyksiä ei ole vielä julkaistu
    .detail = Luonnokseen ei vastata. Käytä julkaistua palautelomaketta.
feedback-closed = Toimeksianto on päättynyt
    .detail = Palautetta ei voi enää muuttaa. Vain luvan lainata sitä voi vielä perua.
year-not-over = Vuosi ei ollut vielä päättynyt
    .detail = Koosteen sisältö koottiin ennen kuin vuosi päättyi. Kokoa se uudelleen vuoden päätyttyä ja lukitse se sitten.
compilation-frozen = Vuoden kooste on lukittu
    .detail = Koosteeseen kuuluvaa palautetta ei voi enää antaa eikä muuttaa.
nothing-to-assess = Tehtävää ei ole tehty
    .detail = Palautetta annetaan tehdystä tehtävästä.
quote-not-permitted = Vastausta ei saa lainata
    .detail = Vastaaja ei ole antanut lupaa lainata sanojaan.
already-published = Kooste on jo julkaistu
    .detail = Alueen ja vuoden toinen kooste on julkaistu. Kahden koosteen erotus voisi paljastaa yksittäisiä ihmisiä.
own-support = Kukaan ei ole oma tukihenkilönsä
    .detail = Valitse tukihenkilöksi joku muu.
attached-elsewhere = Tiedosto on jo liitetty muualle
    .detail = Lataa tiedosto uudelleen ja liitä uusi.
wrong-purpose = Tiedosto on ladattu muuhun tarkoitukseen
    .detail = Lataa tiedosto uudelleen oikeaan tarkoitukseen.
own-concern = Omaa ilmoitusta ei voi käsitellä
    .detail = Ilmoitukseen vastaa joku muu kuin sen tekijä.
node-ended = Organisaation tai yksikön toiminta on päättynyt
    .detail = Valitse sen seuraaja. Seuraajan näet organisaation historiasta.
role-held = Henkilöllä on jo tämä rooli täällä
    .detail = Jatka voimassa olevaa roolia, jos sen viimeinen päivä muuttuu.
sent-by-machine = Ilmoitus lähtee sähköpostina
    .detail = Sitä ei tarvitse toimittaa käsin.
not-approved = Tilausta ei ole hyväksytty
    .detail = Tämän yksikön tilaukset hyväksyy vastuuhenkilö ennen välitystä.
tasks-ahead = Tilauksessa on vielä tekemätön tehtävä
    .detail = Tilauksen voi päättää, kun sen jokainen tehtävä on tehty tai peruttu.
already-accepted = Joku on jo ottanut tehtävän
    .detail = Tilausta ei voi enää perua kokonaan. Peru toimeksiannot yksitellen tai lopeta uusien etsiminen.
description-changed = Tehtävä on muuttunut
    .detail = Kuvaus ei ole enää se, jonka ilmoitit nähneesi. Luettelo kertoo, mikä on muuttunut: lue se ja päätä uudelleen.
offer-expired = Vastausaika on kulunut
    .detail = Pyyntöön ei voi enää vastata. Kysy lähettäjältä uutta pyyntöä.
offer-not-expired = Vastausaikaa on vielä
    .detail = Pyynnön vastausaika ei ole vielä kulunut.
call-closed = Haku on päättynyt
    .detail = Hakuaika on kulunut, tai tekijät on löydetty.
not-available = Kokemustoimija ei ota nyt tehtäviä
    .detail = Hän on sanonut ”ei nyt” tai lähtenyt pankista. Kerro ensin, että tehtävät sopivat taas.
already-asked = Joltakulta on jo kysytty
    .detail = Luettelon kokemustoimijoilla on jo pyyntö tästä tilauksesta. Jätä heidät pois.

# What is wrong with a field.

field-names-person = Teksti kertoo henkilön nimen. Kortti ei saa kertoa sitä.
field-contact-details = Tekstissä on yhteystietoja. Kortissa ei saa olla niitä.
field-consent-needed = Suostumus puuttuu. Ilman sitä tietoa ei tallenneta.
field-in-future = Päivä on tulevaisuudessa.
field-before-agreed = Päivä on ennen kuin tehtävästä oli mitään sovittu.
field-before-the-claim = Ennen tehtävää tai lomakkeen laatimista ei makseta.
field-duplicate = Sama on mukana kahdesti.
field-cannot-change = Tätä ei voi muuttaa.
field-wrong-purpose = Tiedosto on ladattu muuhun tarkoitukseen.
field-required = Tämä puuttuu.
field-unknown-field = Tällaista kenttää ei ole.
field-unknown-parameter = Tällaista parametria ei ole.
field-wrong-type = Arvo on väärää tyyppiä.
field-wrong-form = Arvo on väärässä muodossa.
field-too-short = Teksti on liian lyhyt.
field-too-long = Teksti on liian pitkä.
field-too-small = Luku on liian pieni.
field-too-big = Luku on liian suuri.
field-out-of-range = Luku on sallitun välin ulkopuolella.
field-too-few = Kohtia on liian vähän.
field-too-many = Kohtia on liian monta.
field-repeated = Sama arvo on kahdesti.
field-not-allowed = Arvo ei ole sallittujen joukossa.
field-unknown-code = Koodia ei ole koodistossa.
field-wrong-check-digit = Tarkistusmerkki on väärä.
field-not-with-level = Tätä ei voi antaa tällä tasolla.
field-itself = Tämä ei voi olla asia itse.
field-ends-with-it = Tämä kuuluu siihen, mikä päättyy, ja päättyy sen mukana.
field-node-ended = Toiminta täällä on silloin päättynyt.
field-not-theirs = Tämä ei ole kokemustoimijaa tukeva organisaatio.
field-in-past = Päivä on jo mennyt.
field-before-start = Loppu on ennen alkua.
field-unknown-reference = Viitattua kohdetta ei ole.
field-ends-before-it-begins = Loppu on ennen alkua.
field-no-such-question = Tällaista kysymystä ei ole.
field-name-is-told = Kun otat tehtävän, sen tilannut yksikkö saa tietää nimesi: sopimuksessa on kummankin nimi. Valitse kerrottavaksi myös nimi tai kieltäydy tehtävästä.
field-channel-needs-it = Valittu yhteydenpidon tapa tarvitsee tämän tiedon. Kerro se tai valitse toinen tapa.
field-no-centre = Tätä organisaatiota koskevia ilmoituksia ei lue mikään keskus. Valitse organisaatio, jolla on keskus, esimerkiksi oma alueesi.
field-no-administrator = Palvelulla ei ole ylläpitäjää, joka lukisi tämän. Anna sen mennä keskukselle.
field-not-on-the-scale = Vastaus on luku yhdestä viiteen.
field-not-yes-or-no = Vastaus on kyllä tai ei.
field-not-words = Vastaus on tekstiä.
field-empty = Teksti on tyhjä.
field-wrong-side = Palautelomake on toiselle osapuolelle.
field-not-a-choice = Vaihtoehtoja on vain valintakysymyksessä.
field-tag-does-not-fit = Merkintä ei sovi tällaiseen kysymykseen.
field-audience-counts-only = Yleisöltä ei kysytä tekstivastauksia.
field-not-answered-in-words = Kysymykseen ei ole vastattu sanoin.
field-more-than-respondents = Vastauksia on enemmän kuin vastaajia.
field-before-from = Loppu on ennen alkua.
field-accepted-as-it-is = Kokemustoimija on jo hyväksynyt tämän. Sovi muutoksesta hänen kanssaan sopimuksessa tai tee uusi tilaus.
field-below-accepted = Useampi kokemustoimija on jo ottanut tehtävän.
field-below-booked = Paikkoja on jo varattu enemmän.
field-shares-not-100 = Osuuksien summan on oltava 100.
field-not-with-fee-basis = Tämä ei sovi valittuun palkkioperusteeseen.
field-changed = Tämä on muuttunut näyttämisen jälkeen.
field-in-the-past = Ajankohta on mennyt.
field-too-far-off = Tämä on liian kaukana: enintään kahden vuoden päässä.
field-cannot-pay = Tämä ei voi olla maksaja: maksaja on tilaajan omalta hyvinvointialueelta tai tilaajan omasta organisaatiosta.
field-not-an-orderer = Henkilö ei ole tämän yksikön tilaaja.
field-not-a-liaison = Henkilö ei ole tämän yksikön yhteyshenkilö.
field-not-an-organisation = Tämä ei ole organisaatio.
field-nobody-brokers = Tässä organisaatiossa kukaan ei välitä tilauksia.
field-exactly-one = Anna täsmälleen toinen näistä.
field-not-claimed = Kokemustoimija ei ole luopunut palkkiosta.
field-not-available = Tämän kortin takaa ei voi nyt kysyä ketään.
field-already-asked = Tältä kokemustoimijalta on jo kysytty.
field-not-a-month = Väli on kokonaisia kuukausia: kuun ensimmäisestä päivästä viimeiseen.

# Why an action is not possible.

why-not-now = Tämä ei ole mahdollista nykyisessä tilassa.
why-not-yours = Tämän tekee joku muu.
why-own-account = Kyseessä on oma tunnuksesi.
why-own-order = Omaa tilausta ei voi hyväksyä itse.
why-year-not-over = Kooste on koottu ennen kuin vuosi päättyi. Kokoa se uudelleen vuoden päätyttyä.
why-not-approved = Tilaus odottaa hyväksyntää.
why-same-approver = Toinen ihminen hyväksyy, koska sinä tarkistit.
why-task-begun = Sovittu aika on jo tullut.
why-fee-form-exists = Tehtävästä on jo palkkiolomake. Peruuta se ensin.
why-already-confirmed = Tämä sopimus on jo vahvistettu teidän puoleltanne.
why-both-sides = Olet jo vahvistanut toisen osapuolen puolesta.
why-amendment-open = Sopimuksen muutos on jo kesken.
why-first-agreement = Tämä on ensimmäinen sopimus. Mikään aiempi ei jäisi voimaan.
why-person-deactivated = Tämän henkilön tunnus on poistettu käytöstä.
why-place-given-up = Tehtävä peruttiin ennen sovittua aikaa.
why-task-ahead = Sovittu aika ei ole vielä tullut.
why-not-delivered = Materiaalia ei ole vielä toimitettu.
why-assignment-ended = Tehtävä on jo ohi.
why-already-accepted = Kokemustoimija on jo lupautunut. Peru toimeksiannot yksitellen.
why-node-ended = Yksikön toiminta on päättynyt, eikä uutta enää tilata.
why-tasks-ahead = Tilauksessa on vielä tekemätön tehtävä.
why-session-full = Kaikki paikat on varattu.
why-session-begun = Tilaisuus on jo alkanut.
why-session-ahead = Tilaisuus ei ole vielä alkanut.
why-not-booked = Et ole ilmoittautunut tähän.
why-not-asked-for = Et ole itse pyytänyt tätä tapaamista.
why-own-role = Joku muu jatkaa omaa rooliasi.
why-left-bank = Olet lähtenyt pankista.

# E-mail.

sign-in-mail = Kirjautumiskoodi Kokemusväylään
    .text = Kirjautumiskoodisi on { $code }. Se on voimassa 10 minuuttia. Jos et pyytänyt koodia, voit jättää tämän viestin huomiotta.
address-code-mail = Vahvista uusi sähköpostiosoitteesi
    .text = Vahvistuskoodisi on { $code }. Sillä vahvistat, että kirjaudut jatkossa Kokemusväylään tällä osoitteella. Se on voimassa 10 minuuttia. Jos et pyytänyt koodia, voit jättää tämän viestin huomiotta.
address-changed-mail = Kirjautumisosoitteesi on vaihdettu
    .text = Osoite, jolla kirjaudut Kokemusväylään, on vaihdettu toiseen. Tähän osoitteeseen ei enää lähetetä kirjautumiskoodeja. Jos et vaihtanut osoitetta, ota heti yhteyttä yhteyshenkilöösi.
address-asked-mail = Kirjautumisosoitettasi ollaan vaihtamassa
    .text = Ylläpitäjä on pyytänyt, että kirjaudut Kokemusväylään toisella sähköpostiosoitteella. Sillä voi kirjautua { $from } alkaen. Jos et ole pyytänyt tätä, kirjaudu sitä ennen tällä osoitteella: silloin mikään ei muutu.
access-rejected = Kokemusväylä: pyyntöäsi saada tunnus ei hyväksytty
    .text =
        Pyyntöäsi saada tunnus Kokemusväylään ei hyväksytty. Perustelu: { $reason }

        Voit pyytää tunnusta uudelleen.

        Tähän viestiin ei voi vastata.

# Palkkiot ja maksaminen.

fee-form-exists = Palkkiolomake on jo olemassa
    .detail = Toimeksiannolla on yksi palkkiolomake, ja maksetulla lomakkeella yksi korjaus. Muuta olemassa olevaa tai peru se ensin.
not-paid = Lomaketta ei ole maksettu
    .detail = Vain maksettu lomake korjataan uudella. Maksamatonta voi vielä muuttaa.
nothing-payable = Tästä ei makseta vielä
    .detail = Palkkiolomake tehdään, kun tehtävä on tehty tai kun se on peruttu niin, että se maksetaan. Siitä on oltava voimassa oleva sopimus.
nothing-claimed = Lomake on tyhjä
    .detail = Lisää palkkio tai kuluja. Jos et halua kumpaakaan, lomaketta ei tarvita.
no-payroll-identity = Maksutiedot puuttuvat
    .detail = Anna henkilötunnus, tilinumero ja osoite maksutietoihin ja lähetä lomake uudelleen.
no-tax-card = Verokortista ei ole sanottu mitään
    .detail = Kerro, miten henkilöstöpalvelut saa verokortin: se on liitteenä, henkilöstöpalvelut hakee sen itse tai se on jo siellä. Jos verokorttia ei ole, sano sekin.
rates-changed = Matkakorvauksia on korjattu
    .detail = Summat on laskettu korvauksilla, jotka on sen jälkeen korjattu. Tallenna lomake uudelleen, katso uudet summat ja vakuuta, että ne ovat oikein.
not-declared = Tietojen oikeellisuutta ei ole vakuutettu
    .detail = Vakuuta, että lomakkeen tiedot ovat oikein, ja lähetä lomake uudelleen.
package-changed = Aineisto on muuttunut: lomake on hyväksytty uudelleen, tai maksunsaajan tiedot tai tulolajit ovat toiset
    .detail = Hae uusin versio ja kuittaa se.
field-whole-units = Määrän on oltava kokonaisia yksiköitä.
field-one-of = Anna näistä täsmälleen yksi.
field-not-with-waived-fee = Palkkiosta on luovuttu, joten palkkiorivejä ei voi olla.
field-not-with-void = Mitätöivä lomake ei pyydä mitään.
field-not-for-kind = Tämä ei kuulu tämän lajin tietoihin.
field-no-rates-for-year = Sen vuoden korvauksia ei tunneta: puuttuu {$about}. Alueen tai palvelun ylläpitäjä voi lisätä sen lähteineen matkakorvaustaulukkona.
field-no-such-rate = Sen päivän korvausta ei tunneta: {$about}. Alueen tai palvelun ylläpitäjä voi lisätä sen lähteineen matkakorvaustaulukkona.
field-not-the-same-year = Vuoden korvaukset eivät koskaan ole toisen vuoden korvauksia: viimeinen päivä on samana vuonna kuin ensimmäinen.
about-kilometre-car = kilometrikorvaus autosta
about-kilometre-motorcycle = kilometrikorvaus moottoripyörästä
about-kilometre-moped = kilometrikorvaus moposta
about-kilometre-other = kilometrikorvaus muusta kulkuneuvosta
about-kilometre-passenger = lisä matkustajasta
about-per-diem-full = kokopäiväraha
about-per-diem-partial = osapäiväraha
about-meal-one = ateriakorvaus yhdestä ateriasta
about-meal-two = ateriakorvaus kahdesta ateriasta
about-night = yömatkaraha
field-above-tax-free = Summa on suurempi kuin verovapaa enimmäismäärä.
field-not-an-area = Tämä ei ole hyvinvointialue.
warning-tax-card-missing = Ilman verokorttia palkkiosta pidätetään veroa 60 prosenttia.
warning-receipt-missing = Kulusta ei ole kuittia.
warning-rate-unverified = Laskelmassa käytettyä korvauksen määrää ei ole tarkistettu lähteestä.
warning-twice-for-one-day = Samasta päivästä maksetaan yksi korvaus: päiväraha, ateriakorvaus tai yömatkaraha on tässä kahdesti.
warning-above-area-cap = Kuluja on enemmän kuin alueen enimmäismäärä.
warning-above-rate = Summa on suurempi kuin sen päivän korvaus nyt: korvausta on korjattu laskemisen jälkeen.
warning-far-from-task = Kulun päivä ei ole tehtävän päivä eikä sitä edeltävä tai seuraava päivä. Päivä ratkaisee, minkä vuoden korvausta käytetään.
warning-no-day-before = Matkapäivä jatkaa edellistä päivää, mutta edelliseltä päivältä ei ole päivärahaa.
warning-longer-than-performed = Palkkiota pyydetään pidemmältä ajalta kuin tehtävän on kirjattu kestäneen.
warning-another-day-than-agreed = Tehtävä on kirjattu muulle päivälle kuin sovittiin. Päivä ratkaisee, mitä palkkioita ja korvauksia käytetään.
warning-paid-otherwise = Maksettu summa on muu kuin hyväksytty.
warning-nobody-decides = Kukaan yksikössä ei voi nyt hyväksyä tätä. Asiasta on kerrottu keskukselle, joka nimeää hyväksyjän.
why-own-claim = Omaa palkkiolomaketta ei voi käsitellä.
fee-may-affect-benefits = Palkkio voi vaikuttaa etuuksiisi. Kysy Kelasta tai työttömyyskassastasi.
# Toimeksiannot ja sopimukset.

not-delivered = Materiaalia ei ole vielä toimitettu
    .detail = Perehdytysmateriaali ja molemmat palautelomakkeet toimitetaan ennen tehtävää. Toimita ne, tai kirjaa syy, miksi tehtävän voi tehdä ilman niitä.
task-begun = Tehtävä on jo alkanut
    .detail = Tehtävän alkamisaika on mennyt, joten siitä ei voi enää vetäytyä eikä siihen voi enää pyytää tekijöitä vuorotellen.
place-given-up = Paikka tilauksessa on jo luovutettu
    .detail = Tehtävä peruttiin ennen sovittua aikaa, ja tilaukseen etsitään muita. Jos tehtävä sittenkin tehdään, tilatkaa se uudelleen.
task-ahead = Tehtävä ei ole vielä alkanut
    .detail = Tehtävän voi kirjata tehdyksi sovitusta päivästä alkaen ja poissaolon, kun sovittu aika on tullut. Jos päivä on muuttunut, muuttakaa sopimusta.
revision-changed = Sopimus on muuttunut
    .detail = Sopimusta on muutettu sen jälkeen, kun luit sen. Lue uusin versio ja vahvista se.
already-confirmed = Sopimus on jo vahvistettu
    .detail = Olet jo vahvistanut tämän version. Nyt odotetaan toista osapuolta.
both-sides = Sama henkilö ei vahvista molempien puolesta
    .detail = Kumpikin osapuoli vahvistaa sopimuksen itse.
amendment-open = Sopimuksen muutos on jo kesken
    .detail = Tällä toimeksiannolla on jo muutos, jota täytetään. Jatka sitä.
first-agreement = Tämä on ensimmäinen sopimus eikä sen muutos
    .detail = Vain sopimuksen muutoksesta voi luopua. Peru tehtävä tai vetäydy siitä.
assignment-ended = Toimeksianto on päättynyt
    .detail = Toimeksianto on jo päättynyt, eikä sen sopimusta voi enää muuttaa.
nothing-to-publish = Julkaistavaa ei ole
    .detail = Asiakirjassa ei ole tekstiä, jota ei olisi jo julkaistu.
not-acknowledged = Tätä asiakirjaa ei kuitata luetuksi
    .detail = Vain julkaistut asiakirjat, joiden lukeminen on merkitty kuitattavaksi, kuitataan.
not-invited = Tilaisuus ei ole tälle henkilölle
    .detail = Mukaan voivat ilmoittautua vain ne, joille tilaisuutta on tarjottu.
session-full = Tilaisuus on täynnä
    .detail = Kaikki paikat on varattu.
session-begun = Tilaisuus on jo alkanut
    .detail = Kun tilaisuus on alkanut, siihen ei voi enää ilmoittautua eikä sitä voi siirtää.
session-ahead = Tilaisuus ei ole vielä alkanut
    .detail = Tilaisuuden voi merkitä pidetyksi vasta, kun se on alkanut. Jos aika on muuttunut, siirrä tilaisuus.
not-booked = Paikkaa ei ole varattu
    .detail = Vain se, joka on ilmoittautunut, voi perua ilmoittautumisensa.
not-asked-for = Kukaan ei ole pyytänyt tätä tapaamista
    .detail = Vain se kokemustoimija, joka pyysi tapaamista, peruu pyynnön.
still-attached = Tiedosto on jo liitetty
    .detail = Liitetty tiedosto kuuluu asiaan, johon se on liitetty. Muuta asiaa tiedoston sijaan.
too-many-files = Tiedostoja on liikaa
    .detail = Tiedostoja odottaa liittämistä tai on liitetty jo niin monta, ettei enempää oteta vastaan. Poista turhat.
too-many-concerns = Moni ilmoituksesi odottaa vastausta
    .detail = Vastausta voi odottaa kaksikymmentä ilmoitusta kerrallaan. Odota vastausta tai soita osaamiskeskukseen.
asked-for-already = Tätä on jo pyydetty
    .detail = Pyyntö tällaisesta tapaamisesta odottaa järjestäjiä. Peru se tai odota tarjousta.
record-full = Tapahtumia on kertynyt liikaa
    .detail = Tälle on tapahtunut niin paljon, että sen voi enää viedä loppuun. Aloita uudella.
field-not-after-start = Loppu ei ole alun jälkeen.
field-blank = Tekstissä ei ole mitään näkyvää.
field-hidden-character = Nimessä on merkki, joka ei näy.
field-wrong-length = Teksti on tyhjä tai liian pitkä.
field-below-agreed = Tämä on vähemmän kuin on sovittu.
field-not-invited = Henkilö ei ole kutsuttujen joukossa.

agreement-print-title = Toimeksiantosopimus
agreement-print-number = Sopimus { $number }, versio { $revision }
agreement-print-drafting = Luonnos. Sopimus ei ole vielä voimassa.
agreement-print-in-force = Voimassa alkaen
agreement-print-amended = Tämän sopimuksen tilalle on tehty uusi.
agreement-print-lapsed = Sopimus raukesi.
agreement-print-parties = Osapuolet
agreement-print-unit = Tilaaja
agreement-print-y-tunnus = Y-tunnus
agreement-print-orderer = Tilaajan edustaja
agreement-print-expert = Kokemustoimija
agreement-print-represents = Kokemustoimija edustaa
agreement-print-partner = Työpari
agreement-print-payer = Maksaja
agreement-print-cost-centre = Kustannuspaikka
agreement-print-conflict = Eturistiriidat
agreement-print-task = Tehtävä
agreement-print-name = Tehtävän nimi
agreement-print-experience = Kokemus ja osaaminen
agreement-print-nature = Toiminnan luonne
agreement-print-responsibility = Vastuu
agreement-print-time = Aika
agreement-print-place = Paikka
agreement-print-target-group = Kohderyhmä
agreement-print-fee = Palkkio ja kulukorvaukset
agreement-print-basis = Palkkioperuste
agreement-print-deviation = Syy poiketa alueen palkkiosta
agreement-print-lines = Palkkio
agreement-print-line = Tehtävä
agreement-print-unit-counted = Yksikkö
agreement-print-quantity = Määrä
agreement-print-rate = Hinta
agreement-print-sum = Yhteensä
agreement-print-total = Palkkio yhteensä
agreement-print-preparation = valmistelu
agreement-print-expenses = Korvattavat kulut
agreement-print-cancellation = Jos tilaaja peruu tehtävän myöhemmin kuin { $hours ->
        [one] { $hours } tunti
       *[other] { $hours } tuntia
    } ennen sen alkua, palkkiosta maksetaan { $percent ->
        [one] { $percent } prosentti
       *[other] { $percent } prosenttia
    }.
agreement-print-publicity = Tallentaminen ja julkaiseminen
agreement-print-recording = Äänen tai kuvan tallentaminen
agreement-print-photographs = Valokuvaaminen
agreement-print-publication = Julkaiseminen
agreement-print-publicity-terms = Ehdot
agreement-print-not-asked = Ei kysytty, joten ei sallittu
agreement-print-refused = Ei sallittu
agreement-print-given = Sallittu
agreement-print-trust = Luottamus ja tuki
agreement-print-secrecy-expert = Kokemustoimijan salassapito
agreement-print-secrecy-orderer = Tilaajan salassapito
agreement-print-support = Tuki tehtävän aikana
agreement-print-debrief = Jälkipuinti
agreement-print-insurance = Vakuutus
agreement-print-closed-topics = Aiheet, joista ei kysytä
agreement-print-adjustments = Järjestelyt
agreement-print-confirmations = Vahvistukset
agreement-print-party = Osapuoli
agreement-print-by = Vahvistaja
agreement-print-revision = Versio
agreement-print-at = Aika
agreement-print-waiting = Odottaa vahvistusta
agreement-print-digest = Vahvistetun sisällön tiiviste (SHA-256)
agreement-print-payroll-title = Palkanmaksun kopio toimeksiantosopimuksesta
agreement-print-payroll-note = Tässä kopiossa on vain palkanmaksun tiedot. Sopimuksen muu sisältö on osapuolilla.
agreement-print-task-type = Tehtävän laji
agreement-print-performed = Tehty
agreement-print-minutes = Minuuttia
# Ilmoitukset: millainen asia odottaa, ei koskaan mitä se koskee.

notice-mail =
    Hei { $name },

    { $text }.

    { $link }

    Tähän viestiin ei voi vastata.
notice-mail-without-link =
    Hei { $name },

    { $text }.

    Näet asian, kun kirjaudut palveluun, jota käytät.

    Tähän viestiin ei voi vastata.
notice-offer-mail =
    Hei { $name },

    { $text }.

    Voit lukea pyynnön ja vastata siihen tästä. Sinun ei tarvitse kirjautua.
    { $link }

    Linkki on vain sinulle. Älä anna sitä muille. Linkki toimii, kunnes vastausaika päättyy.

    Tähän viestiin ei voi vastata.
notice-subject = Kokemusväylä: { $text }
notice-letter =
    Hei { $name },

    { $text }.

    Voit myös pyytää apua yhteyshenkilöltäsi tai tukihenkilöltäsi.
letter-in-confidence = Sinua odottaa viesti palvelussa
offer-answer-by = Vastaa viimeistään { $when }
letter-supervision = Aika: { $when }. Paikka: { $place }. Järjestäjä: { $organisation }
notice-access-given = Sinulle on annettu käyttöoikeus
notice-access-requested = Uusi tunnushakemus odottaa päätöstä
notice-agreement-changed = Toimeksiantosopimusta on muutettu. Tarkista ja vahvista se
notice-agreement-drafted = Tehtävästä on tehty luonnos toimeksiantosopimukseksi. Lue se, täydennä ja vahvista
notice-agreement-due = Tehtävä on pian, eikä sopimusta ole vielä vahvistettu
notice-agreement-in-force = Toimeksiantosopimus on voimassa
notice-amendment-discarded = Sopimuksen muutoksesta on luovuttu. Sopimus jää ennalleen
notice-assignment-cancelled = Tehtävä on peruttu
notice-compilation-published = Vuosikooste on julkaistu
notice-concern-answered = Ilmoittamaasi asiaan on vastattu
notice-concern-raised = Uusi huolen ilmoitus on saapunut
notice-contact-due = Ota yhteyttä kokemustoimijaan. Yhteydenoton määräaika on kulunut
notice-details-disclosed = Yhteystietosi on annettu tilaajalle, kuten sovit
notice-documents-delivered = Sait ohjeita tehtävää varten
notice-expert-not-available = Kokemustoimija, jolta kysyttiin, ei ole enää käytettävissä
notice-expert-stepped-back = Kokemustoimija ei pääse tehtävään. Katso tilauksesta, miten asia jatkuu
notice-fee-form-due = Muista lähettää palkkiolomake
notice-feedback-wanted = Kerro, miten tehtävä meni
notice-fee-approved = Palkkiolomake on hyväksytty
notice-fee-checked = Palkkiolomake on tarkistettu ja odottaa hyväksyntääsi
notice-fee-paid = Palkkio on maksettu
notice-fee-queried = Henkilöstöpalvelut kysyy palkkiolomakkeesta
notice-fee-returned = Palkkiolomake on palautettu korjattavaksi
notice-fee-submitted = Palkkiolomake odottaa tarkistusta
notice-fee-waits = Palkkiolomake odottaa sinua yhä
notice-fees-overdue = Palkkiolomakkeita on odottanut yksikössä pitkään
notice-fee-withdrawn = Palkkiolomake on peruttu. Siinä ei ole enää tarkistettavaa
notice-interest-expressed = Kokemustoimija on kiinnostunut avoimesta hausta
notice-meeting-called = Ohjausryhmän kokous on kutsuttu koolle
notice-meeting-cancelled = Ohjausryhmän kokous on peruttu
notice-meeting-moved = Ohjausryhmän kokouksen päivä tai paikka on muuttunut
notice-message-received = Sinulle on uusi viesti
notice-nobody-decides = Palkkiolomakkeita odottaa yksikössä, jossa kukaan ei nyt voi hyväksyä niitä. Nimeä hyväksyjä
notice-on-behalf = Tämä koskee kokemustoimijaa, jonka tukihenkilö olet
notice-offer-accepted = Tehtäväpyyntö on hyväksytty
notice-offer-answer-recorded = Vastauksesi pyyntöön on kirjattu. Kerro heti, jos se ei pidä paikkaansa
notice-offer-answered = Tehtäväpyyntöön on vastattu
notice-offer-changed = Sinulle lähetetyn pyynnön kuvaus on muuttunut
notice-offer-closed = Sinulle lähetetty pyyntö on päättynyt. Siihen ei tarvitse enää vastata
notice-offer-ending = Pyyntö odottaa yhä vastaustasi. Voit vapaasti kieltäytyä siitä
notice-offer-expired = Tehtäväpyynnön vastausaika on päättynyt
notice-offer-received = Sinulle on uusi tehtäväpyyntö. Voit ottaa tehtävän tai kieltäytyä siitä vapaasti
notice-order-answered = Tilaaja on vastannut kysymykseen
notice-order-approved = Tilauksesi on hyväksytty
notice-order-cancelled = Tilaus on peruttu
notice-order-closed = Tilaus on päättynyt
notice-order-filled = Tilaukseen on löytynyt kokemustoimija
notice-order-handed-over = Tilaus on siirretty sinulle
notice-order-needs-approval = Tilaus odottaa hyväksyntääsi
notice-order-needs-information = Tilauksesta kysytään lisätietoa
notice-order-received = Uusi tilaus on saapunut
notice-order-sent-back = Tilauksesi on palautettu sinulle
notice-order-unfilled = Tilaukseen ei löytynyt kokemustoimijaa
notice-parties-introduced = Sinut ja toinen osapuoli esitellään toisillenne. Katso, milloin ja miten
notice-role-expiring = Käyttöoikeutesi on päättymässä
notice-sourcing-answered = Organisaatio on vastannut, onko sillä sopiva kokemustoimija
notice-sourcing-asked = Sinulta kysytään, onko organisaatiossasi sopiva kokemustoimija
notice-sourcing-unanswered = Organisaation, jolta kysyit kokemustoimijaa, toiminta on päättynyt. Se ei enää vastaa
notice-supervision-cancelled = Työnohjaus on peruttu
notice-supervision-moved = Työnohjauksen aika tai paikka on muuttunut
notice-supervision-offered = Sinut on kutsuttu työnohjaukseen
notice-supervision-seat-free = Työnohjauksesta on peruttu paikka
notice-supervision-wanted = Kokemustoimija pyytää työnohjausta
notice-supporter-ending = Sinua tukevan organisaation toiminta päättyy. Valitse profiilissasi toinen
notice-task-performed = Tehtävä on merkitty tehdyksi
notice-task-reopened = Tehtävästä tehty kirjaus on peruttu
notice-task-unrecorded = Tehtävän päivä on mennyt. Kirjaa, toteutuiko se
notice-work-waits = Palkkiolomakkeita, tilauksia tai sopimuksia odottaa sinua yksikössä, jonka tilaajana nyt toimit

# The yearly compilation as a page.

compilation-title = Vuosikooste
compilation-hidden-why = Alle viittä ihmistä koskevat luvut on piilotettu, ja niiden kanssa sellaiset luvut, joista ne voisi laskea.
compilation-hidden = piilotettu
compilation-counts = Tilaukset ja tehtävät
compilation-answers = Palaute
compilation-sums = Palkkiot ja kulut
compilation-lead-times = Kuinka kauan vaiheet kestivät
compilation-changes = Mikä muuttuu
compilation-quotes = Sanottua
compilation-average = Keskiarvo
compilation-median = Päivää, mediaani
compilation-number = Määrä
compilation-row = Rivi
compilation-total = Yhteensä
compilation-side-orderer = Tilaaja
compilation-side-expert = Kokemustoimija
compilation-side-audience = Yleisö
compilation-step-order-to-match = Tilauksesta tekijän löytymiseen
compilation-step-match-to-agreement = Tekijän löytymisestä sopimukseen
compilation-step-agreement-to-task = Sopimuksesta tehtävään
compilation-step-task-to-payment = Tehtävästä maksuun
compilation-step-order-to-payment = Tilauksesta maksuun
compilation-orders-by-state = Tilaukset tilan mukaan
compilation-orders-by-purpose = Tilaukset tarkoituksen mukaan
compilation-orders-by-phase = Tilaukset palvelun kehittämisen vaiheen mukaan
compilation-orders-by-task-type = Tilaukset tehtävän mukaan
compilation-orders-by-mode = Tilaukset osallistumistavan mukaan
compilation-orders-by-audience = Tilaukset yleisön mukaan
compilation-orders-by-unit = Tilaukset yksikön mukaan
compilation-assignments-by-state = Toimeksiannot tilan mukaan
compilation-assignments-by-fee-basis = Toimeksiannot palkkion perusteen mukaan
compilation-experts-by-tasks = Kokemustoimijat tehtävien määrän mukaan
compilation-feedback-of-orderers = Tilaajien palaute
compilation-feedback-of-experts = Kokemustoimijoiden palaute
compilation-approved-by-kind = Hyväksytyt palkkiot ja kulut
compilation-row-given = Annettu
compilation-row-missing = Puuttuu
compilation-row-no-answer = Ei vastausta
compilation-row-yes = Kyllä
compilation-row-no = Ei
compilation-row-unknown = Ei tiedossa
compilation-row-not-agreed = Ei sovittu
compilation-row-fees = Palkkiot
compilation-row-2-3 = 2–3
compilation-row-4-6 = 4–6
compilation-row-7-or-more = 7 tai enemmän
offer-page-title = Pyyntö tehtävään
offer-page-open = Sinua pyydetään tehtävään. Voit vastata kyllä tai ei.
offer-page-accepted = Vastasit kyllä. Kiitos! Tilaaja ottaa sinuun yhteyttä.
offer-page-declined = Vastasit ei. Se on ihan hyvä. Kiitos vastauksesta.
offer-page-over = Tähän pyyntöön ei voi enää vastata.
offer-page-what = Mitä teet
offer-page-who = Kuka pyytää
offer-page-for-whom = Kenelle
offer-page-where = Missä
offer-page-when = Milloin
offer-page-length = Kuinka kauan
offer-page-preparation = lisäksi valmistelua { $time }
offer-page-languages = Kieli
offer-page-on-site = paikan päällä
offer-page-remote = etänä
offer-page-hybrid = paikan päällä tai etänä
offer-page-anywhere = missä itse haluat
offer-page-late = Vastaustasi ei kirjattu: pyyntöön on jo vastattu, tai se on päättynyt.
offer-page-changed = Vastaustasi ei kirjattu, koska tehtävä on muuttunut. Lue uudet tiedot ja vastaa sitten.
offer-page-refused = Vastaustasi ei voitu kirjata. Kirjaudu palveluun tai kysy siltä, joka lähetti pyynnön.
offer-page-not-understood = Vastaustasi ei kirjattu. Vastaa tällä sivulla.
offer-page-time-over = Aika vastata on ohi, eikä tämä linkki avaa enää pyyntöä. Jos vastasit kyllä, näet tehtävän, kun kirjaudut palveluun.
offer-page-unknown = Tämä linkki ei avaa mitään. Käytä uusinta viestiäsi, tai kirjaudu palveluun.
offer-page-fee = Mitä maksetaan
offer-page-until = Vastaa viimeistään
offer-page-free = Saat itse päättää. Jos vastaat ei, sinun ei tarvitse kertoa syytä.
offer-page-told = Jos vastaat kyllä, tilaaja saa nimesi, puhelinnumerosi, sähköpostiosoitteesi ja tiedon järjestelyistä, joita tarvitset.
offer-page-accept = Kyllä, otan tehtävän
offer-page-decline = Ei, en ota tehtävää
