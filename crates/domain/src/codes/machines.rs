//! Labels of the state machines: what people read of them.
//!
//! The machines are published as data (`GET /v1/workflows`, S3-12) and name their states and actions by code. A word
//! that is a state or an action of several machines means the same in each, so its texts tell of nothing that only one of them
//! is about.

super::sets! {
    /// The states of all machines.
    STATES = "states" ("Tila", "Status", "State") {
        "accepted": "Hyväksytty", "Accepterad", "Accepted" => "Kokemustoimija ottaa tehtävän.";
        "active": "Käytössä", "Aktiv", "Active" => "Henkilö voi kirjautua.";
        "agreed": "Sovittu", "Överenskommen", "Agreed" => "Tästä on sovittu.";
        "amended": "Muutettu", "Ändrad", "Amended" => "Tilalle on sovittu uudesta.";
        "answered": "Vastattu", "Besvarad", "Answered" => "Vastaus on annettu.";
        "approved": "Hyväksytty", "Godkänd", "Approved" => "Asia on hyväksytty.";
        "asked": "Kysytty", "Tillfrågad", "Asked" => "Vastausta odotetaan.";
        "booked": "Varattu", "Bokad", "Booked" => "Joku on tulossa.";
        "brokering": "Välityksessä", "Under förmedling", "Being brokered" => "Sopivaa kokemustoimijaa etsitään.";
        "called": "Kutsuttu koolle", "Sammankallat", "Called" => "Tästä on ilmoitettu osallistujille.";
        "cancelled": "Peruttu", "Avbokad", "Cancelled" => "Tämä on peruttu.";
        "checked": "Tarkistettu", "Granskad", "Checked" => "Lomake on tarkistettu.";
        "closed": "Päättynyt", "Avslutad", "Closed" => "Tämä on päättynyt.";
        "confirmed": "Vahvistettu", "Bekräftad", "Confirmed" => "Tehtävästä on sovittu.";
        "deactivated": "Poistettu käytöstä", "Inaktiverad", "Deactivated" => "Henkilö ei voi kirjautua.";
        "declined": "Ei ottanut vastaan", "Tackat nej", "Declined" => "Kokemustoimija ei ota tehtävää. Se on ihan hyvä.";
        "done": "Valmis", "Färdig", "Done" => "Asia on tehty.";
        "draft": "Luonnos", "Utkast", "Draft" => "Tämä on vielä kesken.";
        "drafting": "Täytettävänä", "Fylls i", "Being filled in" => "Sopimusta täytetään yhdessä.";
        "dropped": "Luovuttu", "Övergiven", "Dropped" => "Tätä ei tehdä.";
        "ended": "Päättynyt ennen aikojaan", "Avslutad i förtid", "Ended before its time" => "Rooli on otettu pois.";
        "expired": "Vanhentunut", "Föråldrad", "Expired" => "Aika on loppunut.";
        "expressed": "Ilmaistu", "Uttryckt", "Expressed" => "Joku on kiinnostunut.";
        "filled": "Tekijät löytyneet", "Tillsatt", "Filled" => "Kokemustoimijat ovat löytyneet.";
        "frozen": "Lukittu", "Låst", "Frozen" => "Tämä ei enää muutu.";
        "given": "Annettu", "Tilldelad", "Given" => "Rooli on annettu.";
        "handed_over": "Toimitettu maksettavaksi", "Överlämnad för betalning", "Handed over" => "Lomake on palkanmaksussa.";
        "handled": "Käsitelty", "Behandlad", "Handled" => "Asia on hoidettu.";
        "held": "Pidetty", "Hållen", "Held" => "Tapaaminen on pidetty.";
        "in_force": "Voimassa", "I kraft", "In force" => "Tämä on voimassa.";
        "in_progress": "Käynnissä", "Pågår", "In progress" => "Asiaa tehdään.";
        "lapsed": "Rauennut", "Förfallen", "Lapsed" => "Sopimusta ei enää tarvita.";
        "needs_information": "Odottaa lisätietoja", "Väntar på uppgifter", "Needs information" => "Tilaajalta on kysytty jotakin.";
        "no_show": "Ei saapunut", "Utebliven", "No-show" => "Joku ei tullut paikalle.";
        "offered": "Tarjottu", "Erbjuden", "Offered" => "Voit ilmoittautua.";
        "open": "Avoin", "Öppen", "Open" => "Tähän voi vielä vastata.";
        "paid": "Maksettu", "Betald", "Paid" => "Rahat on maksettu.";
        "performed": "Tehty", "Utförd", "Performed" => "Tehtävä on tehty.";
        "preparing": "Valmistellaan", "Förbereds", "Preparing" => "Tehtävästä sovitaan.";
        "proposed": "Ehdotettu", "Föreslagen", "Proposed" => "Tätä on ehdotettu.";
        "published": "Julkaistu", "Publicerad", "Published" => "Tämä on julkaistu. Muut voivat lukea sen.";
        "queried": "Selvitettävänä", "Under utredning", "Queried" => "Palkanmaksu kysyy lisää.";
        "received": "Vastaanotettu", "Mottagen", "Received" => "Asia on tullut perille.";
        "registered": "Kirjattu", "Registrerad", "Registered" => "Asia on kirjattu.";
        "rejected": "Hylätty", "Avslagen", "Rejected" => "Pyyntöön ei suostuttu.";
        "requested": "Pyydetty", "Begärd", "Requested" => "Tätä on pyydetty.";
        "retired": "Poistunut käytöstä", "Ur bruk", "Retired" => "Tätä ei enää käytetä.";
        "returned": "Palautettu", "Återsänd", "Returned" => "Lomake pitää korjata.";
        "revoked": "Kumottu", "Återkallad", "Revoked" => "Päätös ei ole enää voimassa.";
        "selected": "Valittu", "Vald", "Selected" => "Tekijäksi valittu.";
        "sent": "Lähetetty", "Skickad", "Sent" => "Vastausta odotetaan.";
        "stepped_back": "Vetäytynyt", "Dragit sig ur", "Stepped back" => "Kokemustoimija ei tee tehtävää. Se on ihan hyvä.";
        "submitted": "Lähetetty käsiteltäväksi", "Inlämnad", "Submitted" => "Tämä on lähetetty. Joku käsittelee sen.";
        "superseded": "Korvautunut", "Ersatt", "Superseded" => "Tekijät löytyivät jo. Sinun ei tarvitse vastata.";
        "unfilled": "Tekijää ei löytynyt", "Ej tillsatt", "Unfilled" => "Kokemustoimijaa ei löytynyt.";
        "waiting": "Odottaa vuoroaan", "Väntar på sin tur", "Waiting" => "Tätä kysytään myöhemmin.";
        "withdrawn": "Peruutettu", "Återtagen", "Withdrawn" => "Tämä on otettu takaisin.";
    }

    /// The actions of all machines, and what else is done to a thing only while its state allows it.
    ACTIONS = "actions" ("Toiminto", "Åtgärd", "Action") {
        "abandon": "Päättyy, kun tehtävät on peruttu", "Avslutas när uppdragen har avbokats", "End with its tasks"
            => "Tilaus loppuu, koska kaikki tehtävät on peruttu.";
        "accept": "Hyväksy", "Acceptera", "Accept"
            => "Kokemustoimija ottaa tehtävän.";
        "acknowledge": "Kuittaa vastaanotetuksi", "Kvittera", "Acknowledge"
            => "Kerrot, että lomake on tullut perille.";
        "agree": "Sovi", "Kom överens", "Agree"
            => "Kerrot, että tästä on yhdessä sovittu.";
        "amend": "Muuta sopimusta", "Ändra avtalet", "Amend"
            => "Ehdotat, että sopimusta muutetaan.";
        "answer": "Vastaa", "Svara", "Answer"
            => "Vastaat kysymykseen.";
        "approve": "Hyväksy", "Godkänn", "Approve"
            => "Hyväksyt tämän. Sen jälkeen asia etenee.";
        "ask": "Kysy lisätietoja", "Be om uppgifter", "Ask for information"
            => "Kysyt lisää, koska jokin on epäselvää.";
        "book": "Ilmoittaudu", "Anmäl dig", "Book"
            => "Kerrot, että tulet mukaan.";
        "cancel": "Peru", "Avboka", "Cancel"
            => "Kerrot, että tätä ei enää tehdä.";
        "cancel-task": "Peru otettu tehtävä", "Avboka det antagna uppdraget", "Cancel the accepted task"
            => "Tehtävä perutaan, vaikka kokemustoimija on jo ottanut sen.";
        "change-terms": "Siirrä", "Flytta", "Move"
            => "Muutat aikaa tai paikkaa.";
        "check": "Tarkista", "Granska", "Check"
            => "Katsot, onko lomake täytetty oikein.";
        "close": "Päätä", "Avsluta", "Close"
            => "Päätät, että tämä on päättynyt.";
        "compile": "Koosta", "Sammanställ", "Compile"
            => "Ohjelma kokoaa vuoden tiedot yhteen.";
        "complete": "Merkitse valmiiksi", "Märk som färdig", "Complete"
            => "Kerrot, että työ on tehty.";
        "confirm": "Vahvista", "Bekräfta", "Confirm"
            => "Sopimus vahvistetaan oikeaksi.";
        "deactivate": "Poista tunnus käytöstä", "Inaktivera", "Deactivate"
            => "Henkilö ei voi enää kirjautua palveluun.";
        "decline": "Älä ota vastaan", "Tacka nej", "Decline"
            => "Sanot, että et ota tehtävää. Syytä ei tarvitse kertoa.";
        "deliver": "Toimita materiaalit", "Leverera materialet", "Deliver the material"
            => "Annat kokemustoimijalle ohjeet ja lomakkeet ennen tehtävää.";
        "discard": "Hylkää muutos", "Förkasta ändringen", "Discard the change"
            => "Sopimusta ei muutetakaan. Vanha sopimus jää voimaan.";
        "drop": "Luovu", "Överge", "Drop"
            => "Päätät, että tätä ei tehdä.";
        "edit": "Muokkaa", "Ändra", "Edit"
            => "Muutat tietoja.";
        "end": "Päätä", "Avsluta", "End"
            => "Päätät, että rooli loppuu.";
        "expire": "Vanhene", "Föråldras", "Expire"
            => "Aika vastata loppuu.";
        "forget": "Unohda", "Glöm", "Forget"
            => "Sopimuksesta otetaan pois se, mistä sitä ei enää saa kertoa.";
        "freeze": "Lukitse", "Lås", "Freeze"
            => "Päätät, että kooste ei enää muutu.";
        "give-back": "Peru ilmoittautuminen", "Avanmäl dig", "Give the seat back"
            => "Kerrot, että et tulekaan. Syytä ei tarvitse kertoa.";
        "give-up": "Päätä ilman tekijää", "Avsluta utan utförare", "Close as unfilled"
            => "Lopetat etsimisen, koska kokemustoimijaa ei löytynyt.";
        "hand-over": "Siirrä toiselle", "Överlämna", "Hand over"
            => "Annat tilauksen toisen hoidettavaksi.";
        "handle": "Käsittele", "Behandla", "Handle"
            => "Hoidat asian ja vastaat siihen.";
        "hold": "Merkitse pidetyksi", "Märk som hållen", "Record as held"
            => "Kerrot, että tapaaminen on pidetty.";
        "introduce": "Esittele osapuolet", "Presentera parterna", "Introduce the parties"
            => "Autat ihmisiä tutustumaan toisiinsa.";
        "lapse": "Raukea", "Förfalla", "Lapse"
            => "Sopimusta ei enää tarvita.";
        "no-show": "Merkitse saapumatta jääneeksi", "Märk som utebliven", "Record a no-show"
            => "Kerrot, että joku ei tullut paikalle.";
        "offer": "Tarjoa", "Erbjud", "Offer"
            => "Kerrot, että tapaamiseen voi ilmoittautua.";
        "pay": "Ilmoita maksetuksi", "Anmäl betald", "Report the payment"
            => "Kerrot, että rahat on maksettu.";
        "perform": "Merkitse tehdyksi", "Märk som utfört", "Record as done"
            => "Kerrot, että tehtävä on tehty.";
        "publish": "Julkaise", "Publicera", "Publish"
            => "Annat muiden lukea tämän.";
        "query": "Pyydä selvitystä", "Begär utredning", "Query"
            => "Pyydät, että lomakkeesta kerrotaan lisää.";
        "reactivate": "Ota tunnus taas käyttöön", "Återaktivera", "Reactivate"
            => "Henkilö voi taas kirjautua palveluun.";
        "reassign": "Siirrä seuraajalle", "Överför till efterträdaren", "Pass on to a successor"
            => "Tilauksen saa toinen, koska entinen hoitaja on lähtenyt.";
        "record-answer": "Kirjaa vastaus", "Anteckna svaret", "Record the answer"
            => "Kirjoitat muistiin, mitä kokemustoimija vastasi.";
        "record-contact": "Kirjaa yhteydenotto", "Anteckna kontakten", "Record a contact"
            => "Kirjoitat muistiin, että olette olleet yhteydessä.";
        "record-oral-feedback": "Kirjaa suullinen palaute", "Anteckna muntlig respons", "Record oral feedback"
            => "Kirjoitat muistiin, että palautetta annettiin puhumalla.";
        "record-visit": "Kirjaa tutustumiskäynti", "Anteckna besöket", "Record a visit"
            => "Kirjoitat muistiin, että kokemustoimija kävi tutustumassa paikkaan.";
        "redescribe": "Päivitä kuvaus", "Uppdatera beskrivningen", "Renew the description"
            => "Kerrot uudestaan, millainen tehtävä on.";
        "reject": "Hylkää", "Avslå", "Reject"
            => "Sanot, että pyyntöön ei suostuta.";
        "renew": "Jatka", "Förnya", "Renew"
            => "Rooli jatkuu pidempään.";
        "remind": "Muistuta", "Påminn", "Remind"
            => "Ohjelma muistuttaa asiasta.";
        "retire": "Poista käytöstä", "Ta ur bruk", "Retire"
            => "Päätät, että tätä ei enää käytetä.";
        "return": "Palauta korjattavaksi", "Återsänd", "Return"
            => "Pyydät korjaamaan lomakkeen.";
        "revoke": "Kumoa", "Återkalla", "Revoke"
            => "Päätät, että päätös ei ole enää voimassa.";
        "search": "Etsi pankista", "Sök i banken", "Search the bank"
            => "Etsit tehtävään sopivaa kokemustoimijaa.";
        "select": "Valitse", "Välj", "Select"
            => "Valitset tekijän niistä, joita tehtävä kiinnostaa.";
        "reopen": "Peru kirjaus", "Ta tillbaka anteckningen", "Take back the record"
            => "Kirjaus oli väärä. Tehtävän voi kirjata uudelleen.";
        "send": "Lähetä", "Skicka", "Send"
            => "Lähetät pyynnön.";
        "send-back": "Palauta tilaajalle", "Återsänd till beställaren", "Send back to the orderer"
            => "Pyydät tilaajaa muuttamaan tilausta.";
        "source": "Kysy järjestöltä", "Fråga en organisation", "Ask an organisation"
            => "Kysyt järjestöltä, tunteeko se sopivan tekijän.";
        "start": "Aloita", "Påbörja", "Start"
            => "Kerrot, että työ alkaa.";
        "step-back": "Vetäydy", "Dra sig ur", "Step back"
            => "Kokemustoimija ei voikaan tehdä tehtävää. Se on ihan hyvä.";
        "submit": "Lähetä", "Lämna in", "Submit"
            => "Lähetät tämän käsiteltäväksi.";
        "supersede": "Korvaudu", "Ersättas", "Be superseded"
            => "Jokin muu tuli tämän tilalle.";
        "take": "Ota välitykseen", "Ta till förmedling", "Take for brokering"
            => "Alat hoitaa tilausta.";
        "versions": "Lisää teksti", "Lägg till en text", "Add a text"
            => "Lisäät uuden tekstin.";
        "waive-delivery": "Jatka ilman materiaaleja", "Fortsätt utan material", "Go on without the material"
            => "Tehtävä tehdään ilman ohjeita. Kerrot, miksi.";
        "withdraw": "Peruuta", "Ta tillbaka", "Withdraw"
            => "Otat tämän takaisin.";
    }

    /// The machines themselves.
    WORKFLOWS = "workflows" ("Prosessi", "Process", "Process") {
        "access-request": "Tunnushakemus", "Ansökan om behörighet", "Access request"
            => "Näin haetaan tunnuksia.";
        "agreement": "Toimeksiantosopimus", "Uppdragsavtal", "Assignment agreement"
            => "Näin tehtävästä sovitaan.";
        "assignment": "Toimeksianto", "Uppdrag", "Assignment"
            => "Näin tehtävä etenee.";
        "compilation": "Vuosikooste", "Årlig sammanställning", "Yearly compilation"
            => "Näin vuoden palaute kootaan.";
        "concern": "Huolen ilmoitus", "Anmälan om oro", "Concern"
            => "Näin kerrotaan huolesta.";
        "decision": "Päätös hyödyntää kokemustoimijoita", "Beslut att anlita erfarenhetsaktörer", "Decision to use experts"
            => "Näin hyvinvointialue päättää toiminnasta.";
        "development-action": "Kehittämistoimi", "Utvecklingsåtgärd", "Development action"
            => "Näin toimintaa parannetaan.";
        "document": "Asiakirja", "Dokument", "Document"
            => "Näin ohje tai muu asiakirja julkaistaan.";
        "fee-form": "Palkkiolomake", "Arvodesblankett", "Fee form"
            => "Näin palkkio maksetaan.";
        "grant": "Rooli, nimeäminen", "Roll, utnämning", "Role, appointment"
            => "Näin rooli annetaan ja päätetään.";
        "interest": "Kiinnostuksen ilmaisu", "Intresseanmälan", "Expression of interest"
            => "Näin kerrotaan kiinnostuksesta tehtävään.";
        "offer": "Välitetty pyyntö", "Förmedlad förfrågan", "Offer"
            => "Näin kokemustoimijaa pyydetään tehtävään.";
        "open-call": "Avoin haku", "Öppen utlysning", "Open call"
            => "Näin tehtävään haetaan tekijää avoimesti.";
        "order": "Tilaus", "Beställning", "Order"
            => "Näin tilataan kokemustoimija.";
        "person": "Henkilö", "Person", "Person"
            => "Näin tunnus poistetaan käytöstä.";
        "question-set": "Palautelomake", "Responsblankett", "Feedback form"
            => "Näin palautekysymykset otetaan käyttöön.";
        "sourcing-request": "Haku suoraan järjestöstä", "Sökning direkt via organisation", "Request to an organisation"
            => "Näin kysytään tekijää järjestöstä.";
        "steering-meeting": "Ohjausryhmän kokous", "Styrgruppsmöte", "Meeting of a steering group"
            => "Näin ohjausryhmän kokous pidetään tai perutaan.";
        "supervision-session": "Työnohjaus", "Arbetshandledning", "Supervision session"
            => "Näin saat tukea työhösi.";
    }
}
