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
too-large = Pyyntö on liian suuri
    .detail = Pienennä sisältöä.
too-slow = Pyyntö tuli liian hitaasti
    .detail = Lähetä se uudelleen.
stale = Kohde muuttui samaan aikaan
    .detail = Joku muu ehti ensin. Hae uusin versio ja yritä uudelleen.
exists = Tämä on jo olemassa
    .detail = Samanlainen on jo tallennettu.
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
out-of-turn = Tämä ei ole nyt mahdollista
    .detail = Toiminto ”{ $action }” ei ole mahdollinen, kun tila on ”{ $state }”. Vastauksen actions-luettelo kertoo, mikä on mahdollista.
own-claim = Omaa laskua ei voi tarkastaa
    .detail = Palkkion hakija ei voi itse tarkastaa tai hyväksyä palkkiolomaketta. Pyydä toista henkilöä.
no-decision = Alueella ei ole päätöstä kokemustoimijoiden käytöstä
    .detail = Tilata voi, kun hyvinvointialueen päätös on voimassa. Ota yhteyttä kokemusosaamisen keskukseen.
wrong-parent = Taso ei sovi tähän kohtaan
    .detail = Tällä tasolla oleva ei voi kuulua valittuun yläyksikköön.
email-taken = Sähköpostiosoite on jo käytössä
    .detail = Toisella henkilöllä on sama osoite.

# What is wrong with a field.

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
field-unknown-reference = Viitattua kohdetta ei ole.
field-ends-before-it-begins = Loppu on ennen alkua.

# Why an action is not possible.

why-not-now = Tämä ei ole mahdollista nykyisessä tilassa.
why-not-yours = Tämän tekee joku muu.

# E-mail.

sign-in-mail = Kirjautumiskoodi Kokemusväylään
    .text = Kirjautumiskoodisi on { $code }. Se on voimassa 10 minuuttia. Jos et pyytänyt koodia, voit jättää tämän viestin huomiotta.

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
    .detail = Kerro, miten henkilöstöpalvelut saa verokortin: liitteenä, hakee itse tai on jo saanut. Jos verokorttia ei ole, sano sekin.
not-declared = Tietojen oikeutta ei ole vakuutettu
    .detail = Vakuuta, että lomakkeen tiedot ovat oikein, ja lähetä lomake uudelleen.
package-changed = Lomake on hyväksytty uudelleen
    .detail = Hae uusin versio ja kuittaa se.
schedule-exists = Samana päivänä alkaa jo toinen taulukko
    .detail = Alueella on kullekin alkamispäivälle yksi palkkiotaulukko.
field-whole-units = Määrän on oltava kokonaisia yksiköitä.
field-one-of = Anna näistä täsmälleen yksi.
field-not-with-waived-fee = Palkkiosta on luovuttu, joten palkkiorivejä ei voi olla.
field-not-with-void = Mitätöivä lomake ei pyydä mitään.
field-not-for-kind = Tämä ei kuulu tämän lajin tietoihin.
field-no-rates-for-year = Sen vuoden korvauksia ei tunneta.
field-no-such-rate = Sen vuoden tällaista korvausta ei tunneta.
field-above-tax-free = Summa on suurempi kuin verovapaa enimmäismäärä.
field-not-an-area = Tämä ei ole hyvinvointialue.
warning-tax-card-missing = Ilman verokorttia palkkiosta pidätetään veroa 60 prosenttia.
warning-receipt-missing = Kulusta ei ole kuittia.
warning-rate-unverified = Laskussa käytettyä korvauksen määrää ei ole tarkistettu lähteestä.
warning-above-area-cap = Kuluja on enemmän kuin alueen enimmäismäärä.
warning-paid-otherwise = Maksettu summa on muu kuin hyväksytty.
why-own-claim = Omaa palkkiolomaketta ei voi käsitellä.
fee-may-affect-benefits = Palkkio voi vaikuttaa etuuksiisi. Kysy Kelasta tai työttömyyskassastasi.
