//! Labels of what roles are and what they may do (S3-10, S3-32): what people read of `GET /v1/roles`.

super::sets! {
    /// The families of roles (S3-32).
    ROLE_FAMILIES = "role_families" ("Rooliperhe", "Rollgrupp", "Family of roles") {
        "steering_group": "Ohjausryhmä", "Styrgrupp", "Steering group"
            => "Ihmiset, jotka suunnittelevat ja seuraavat toimintaa.";
        "centre": "Keskus ja välittäjät", "Centrum och förmedlare", "Centre and brokers"
            => "Ihmiset, jotka johtavat toimintaa ja etsivät tekijöitä tehtäviin.";
        "trainers": "Kouluttajat", "Utbildare", "Trainers"
            => "Ihmiset, jotka opettavat muita.";
        "orderers": "Tilaajat", "Beställare", "Orderers"
            => "Ihmiset, jotka pyytävät kokemustoimijaa tehtävään.";
        "experts": "Kokemusosaajat", "Erfarenhetskunniga", "People with experience competence"
            => "Ihmiset, jotka auttavat oman kokemuksensa avulla, ja heidän tukensa.";
    }

    /// The levels of the co-operation (S3-10).
    ROLE_LEVELS = "role_levels" ("Yhteistyön taso", "Samarbetsnivå", "Level of co-operation") {
        "nation": "Valtakunta", "Riket", "Nation"
            => "Koko Suomi.";
        "area": "Hyvinvointialue", "Välfärdsområde", "Wellbeing services county"
            => "Yksi hyvinvointialue.";
        "local": "Paikallistaso", "Lokal nivå", "Local level"
            => "Yksi järjestö, yksikkö tai ryhmä.";
    }

    /// To what a role may do something.
    DUTY_REACHES = "duty_reaches" ("Ulottuvuus", "Räckvidd", "Reach") {
        "below": "Omassa yksikössä ja sen alla", "I den egna enheten och under den", "In the own unit and below it"
            => "Asiat omassa yksikössä ja niissä, jotka kuuluvat siihen.";
        "around": "Omassa yksikössä, sen yllä ja alla", "I den egna enheten, ovanför och under den", "In the own unit, above it and below it"
            => "Asiat omassa yksikössä ja niissä, joihin se kuuluu.";
        "handed_over": "Omalle organisaatiolle siirretyissä ja sen palvelemien ihmisten asioissa", "I det som överlämnats till den egna organisationen och för dem som den betjänar", "In what was handed to the own organisation, and for those whom it serves"
            => "Asiat, jotka on annettu oman järjestön hoidettavaksi, ja ne ihmiset, joita se auttaa.";
        "named": "Asioissa, jotka on roolissaan kirjannut toisen puolesta", "I det som man i rollen har antecknat för någon annan", "In what they wrote down for somebody else in the role"
            => "Asiat, jotka on roolissaan kirjannut toisen puolesta, niin kauan kuin rooli siellä on voimassa.";
        "own": "Omissa asioissa", "I egna ärenden", "In one's own matters"
            => "Vain omat asiat.";
        "delegated": "Toisen puolesta hänen luvallaan", "För en annan med dennes tillstånd", "For somebody who lets them"
            => "Toisen ihmisen asiat, kun hän on antanut luvan.";
    }

    /// What the policy lets people do.
    DUTIES = "duties" ("Tehtävä", "Uppgift", "Duty") {
        "read_node": "Näkee organisaatiot ja yksiköt", "Ser organisationer och enheter", "Sees organisations and units"
            => "Saa katsoa, mitä järjestöjä ja yksiköitä on.";
        "manage_node": "Hallinnoi organisaatioita ja yksiköitä", "Förvaltar organisationer och enheter", "Manages organisations and units"
            => "Saa lisätä ja muuttaa järjestöjä ja yksiköitä.";
        "read_person": "Näkee henkilön tiedot", "Ser personens uppgifter", "Sees a person's details"
            => "Saa katsoa ihmisen tietoja.";
        "register_person": "Rekisteröi henkilöitä", "Registrerar personer", "Registers people"
            => "Saa lisätä uuden ihmisen palveluun.";
        "edit_person": "Muuttaa henkilön yhteystietoja", "Ändrar personens kontaktuppgifter", "Changes a person's contact details"
            => "Saa muuttaa ihmisen puhelinnumeroa ja osoitetta.";
        "manage_person": "Hallinnoi henkilön tunnusta", "Förvaltar personens konto", "Manages a person's account"
            => "Saa hoitaa ihmisen tunnusta.";
        "deactivate_person": "Poistaa tunnuksen käytöstä ja palauttaa sen", "Inaktiverar och återaktiverar konton", "Deactivates and reactivates people"
            => "Saa estää kirjautumisen ja sallia sen taas.";
        "replace_address": "Pyytää uuden kirjautumisosoitteen sille, joka on menettänyt entisen", "Begär en ny inloggningsadress åt den som har mist sin", "Asks for another sign-in address for whoever lost theirs"
            => "Auttaa ihmistä, joka ei enää pääse sähköpostiinsa.";
        "read_grant": "Näkee annetut roolit", "Ser tilldelade roller", "Sees the roles that were given"
            => "Saa katsoa, mitä rooleja ihmisillä on.";
        "give_grant": "Antaa rooleja", "Tilldelar roller", "Gives roles"
            => "Saa antaa ihmiselle roolin.";
        "give_administration": "Antaa ylläpitäjän roolin", "Tilldelar administratörsrollen", "Makes others administrators"
            => "Saa tehdä toisesta ihmisestä ylläpitäjän.";
        "manage_grant": "Jatkaa ja päättää rooleja", "Förnyar och avslutar roller", "Renews and ends roles"
            => "Saa jatkaa roolia tai lopettaa sen.";
        "read_appointment": "Näkee, kuka vastaa mistäkin", "Ser vem som ansvarar för vad", "Sees who is in charge of what"
            => "Saa katsoa, kuka hoitaa mitäkin asiaa.";
        "read_decision": "Näkee päätökset hyödyntää kokemustoimijoita", "Ser beslut att anlita erfarenhetsaktörer", "Sees the decisions to use experts"
            => "Saa lukea päätökset, joiden mukaan kokemustoimijoita pyydetään.";
        "manage_decision": "Kirjaa päätökset hyödyntää kokemustoimijoita", "Registrerar beslut att anlita erfarenhetsaktörer", "Registers the decisions to use experts"
            => "Saa kirjata päätökset, joiden mukaan kokemustoimijoita pyydetään.";
        "read_audit_events": "Näkee, kuka on tehnyt mitä", "Ser vem som har gjort vad", "Sees who has done what"
            => "Saa katsoa, kuka on tehnyt mitä ja milloin.";
        "read_notice": "Näkee ilmoituksensa", "Ser sina meddelanden", "Sees their notices"
            => "Saa lukea omat viestinsä.";
        "deliver_letter": "Toimittaa ilmoituksia kirjeitse ja puhelimitse", "Framför meddelanden per brev och telefon", "Delivers notices by letter and telephone"
            => "Vie viestit perille kirjeellä tai puhelimella.";
        "decide_access_request": "Päättää tunnushakemuksista", "Avgör ansökningar om behörighet", "Decides on requests for access"
            => "Päättää, kuka saa tunnuksen palveluun.";
        "read_setting": "Näkee asetukset", "Ser inställningarna", "Sees the settings"
            => "Saa katsoa, miten palvelu toimii omalla alueella.";
        "manage_setting": "Muuttaa asetuksia", "Ändrar inställningarna", "Changes the settings"
            => "Saa muuttaa, miten palvelu toimii omalla alueella.";
        "read_document": "Lukee asiakirjoja", "Läser dokument", "Reads documents"
            => "Saa lukea ohjeita ja muita papereita.";
        "manage_document": "Ylläpitää asiakirjoja", "Underhåller dokument", "Keeps documents up to date"
            => "Saa kirjoittaa ja muuttaa ohjeita.";
        "read_expert": "Tuntee kokemustoimijan nimeltä", "Känner erfarenhetsaktören vid namn", "Knows an expert by name"
            => "Tietää, kuka kokemustoimija on.";
        "edit_expert": "Muuttaa kokemustoimijan profiilia", "Ändrar erfarenhetsaktörens profil", "Changes an expert's profile"
            => "Saa muuttaa kokemustoimijan tietoja.";
        "enrol_expert": "Lisää kokemustoimijan kokemuspankkiin", "Lägger till en erfarenhetsaktör i erfarenhetsbanken", "Enrols an expert in the bank"
            => "Saa lisätä kokemustoimijan kokemuspankkiin.";
        "read_lookups": "Näkee, kuka korttia on katsonut", "Ser vem som har tittat på kortet", "Sees who has looked at the card"
            => "Saa katsoa, kuka on katsonut kokemustoimijan korttia.";
        "read_public_bank": "Lukee julkista kokemuspankkia", "Läser den offentliga erfarenhetsbanken", "Reads the public bank"
            => "Näyttää kaikille ne tiedot, joihin kokemustoimija on antanut luvan.";
        "support_expert": "Tukee kokemustoimijaa", "Stöder erfarenhetsaktören", "Supports an expert"
            => "Auttaa ja tukee kokemustoimijaa.";
        "create_order": "Tilaa kokemustoimijan", "Beställer en erfarenhetsaktör", "Orders an expert"
            => "Saa pyytää kokemustoimijaa tehtävään.";
        "create_order_for_caller": "Kirjaa tilauksen yhteyttä ottaneen puolesta", "Antecknar en beställning för den som hört av sig", "Writes an order down for whoever called"
            => "Kirjoittaa tilauksen, kun joku soittaa tai lähettää viestin.";
        "read_order": "Näkee tilauksen", "Ser beställningen", "Sees an order"
            => "Saa katsoa tilausta.";
        "edit_order": "Muuttaa tilausta", "Ändrar beställningen", "Changes an order"
            => "Saa muuttaa tilausta.";
        "broker_order": "Välittää tilauksen", "Förmedlar beställningen", "Brokers an order"
            => "Etsii tilaukseen sopivan kokemustoimijan.";
        "approve_order": "Hyväksyy tilauksia keskuksessa", "Godkänner beställningar vid centret", "Approves orders at the centre"
            => "Päättää, voiko alueen tilauksen tehdä.";
        "approve_unit_order": "Hyväksyy yksikkönsä tilauksia", "Godkänner sin enhets beställningar", "Approves orders of the unit"
            => "Päättää, voiko oman yksikön tilauksen tehdä.";
        "converse": "Keskustelee tilauksesta", "Diskuterar beställningen", "Writes messages about an order"
            => "Saa kirjoittaa viestejä tilauksesta.";
        "converse_as_expert": "Keskustelee vastaanottamastaan tehtävästä", "Diskuterar ett mottaget uppdrag", "Writes messages about a task taken on"
            => "Saa kirjoittaa viestejä tehtävästä, jonka on ottanut vastaan.";
        "read_open_call": "Näkee avoimet haut", "Ser öppna utlysningar", "Sees open calls"
            => "Saa katsoa tehtäviä, joihin etsitään tekijää.";
        "close_open_call": "Päättää avoimen haun", "Avslutar en öppen utlysning", "Closes an open call"
            => "Saa lopettaa tekijän etsimisen.";
        "express_interest": "Ilmaisee kiinnostuksensa tehtävään", "Anmäler intresse för uppdraget", "Expresses interest in a task"
            => "Saa kertoa, että tehtävä kiinnostaa.";
        "read_offer": "Näkee välitetyn pyynnön", "Ser den förmedlade förfrågan", "Sees an offer"
            => "Saa lukea pyynnön tulla tehtävään.";
        "answer_offer": "Vastaa välitettyyn pyyntöön", "Besvarar den förmedlade förfrågan", "Answers an offer"
            => "Saa vastata pyyntöön.";
        "withdraw_offer": "Peruuttaa välitetyn pyynnön", "Tar tillbaka den förmedlade förfrågan", "Withdraws an offer"
            => "Saa ottaa pyynnön takaisin.";
        "record_offer_answer": "Kirjaa toisen antaman vastauksen", "Antecknar en annans svar", "Writes down the answer of another"
            => "Kirjoittaa muistiin, mitä kokemustoimija vastasi.";
        "read_sourcing": "Näkee kyselyn järjestölle", "Ser förfrågan till organisationen", "Sees a request to an organisation"
            => "Saa katsoa, mitä järjestöltä on kysytty.";
        "answer_sourcing": "Ehdottaa kokemustoimijaa järjestöstään", "Föreslår en erfarenhetsaktör från sin organisation", "Proposes an expert of the organisation"
            => "Saa ehdottaa tehtävään järjestönsä kokemustoimijaa.";
        "withdraw_sourcing": "Peruuttaa kyselyn järjestölle", "Tar tillbaka förfrågan till organisationen", "Withdraws a request to an organisation"
            => "Saa ottaa järjestölle lähetetyn kysymyksen takaisin.";
        "read_disclosure": "Näkee, mitä kenestäkin on kerrottu", "Ser vad som har berättats om vem", "Sees what was told of whom"
            => "Saa katsoa, mitä tietoja kokemustoimijasta on annettu.";
        "read_disclosed_details": "Näkee kerrotut yhteystiedot", "Ser de uppgifter som lämnats ut", "Sees the details that were told"
            => "Saa katsoa kokemustoimijan puhelinnumeron ja muut annetut tiedot.";
        "read_assignment": "Näkee toimeksiannon", "Ser uppdraget", "Sees an assignment"
            => "Saa katsoa tehtävän tietoja.";
        "record_task": "Kirjaa, mitä tehtävässä tapahtui", "Antecknar vad som hände under uppdraget", "Records what happened at the task"
            => "Kirjoittaa muistiin, miten tehtävä meni.";
        "step_back": "Vetäytyy tehtävästä", "Drar sig ur uppdraget", "Steps back from a task"
            => "Saa sanoa, että ei voikaan tehdä tehtävää.";
        "run_assignment": "Vastaa toimeksiannosta tilaajan puolella", "Ansvarar för uppdraget på beställarens sida", "Runs an assignment for the orderer"
            => "Hoitaa tehtävää tilaajan puolella.";
        "introduce_parties": "Esittelee osapuolet toisilleen", "Presenterar parterna för varandra", "Introduces the parties"
            => "Auttaa kokemustoimijaa ja tilaajaa tutustumaan.";
        "edit_agreement": "Täyttää toimeksiantosopimusta", "Fyller i uppdragsavtalet", "Fills in an agreement"
            => "Saa täyttää sopimusta.";
        "confirm_as_expert": "Vahvistaa sopimuksen kokemustoimijana", "Bekräftar avtalet som erfarenhetsaktör", "Confirms an agreement as the expert"
            => "Hyväksyy sopimuksen kokemustoimijana.";
        "confirm_as_orderer": "Vahvistaa sopimuksen tilaajana", "Bekräftar avtalet som beställare", "Confirms an agreement as the orderer"
            => "Hyväksyy sopimuksen tilaajana.";
        "deliver_documents": "Toimittaa perehdytysaineiston", "Levererar introduktionsmaterialet", "Delivers the orientation material"
            => "Antaa ohjeet ennen tehtävää.";
        "mark_document_read": "Merkitsee aineiston luetuksi", "Märker materialet som läst", "Marks the material as read"
            => "Kertoo, että ohjeet on luettu.";
        "read_fee_form": "Näkee palkkiolomakkeen", "Ser arvodesblanketten", "Sees a fee form"
            => "Saa katsoa palkkiolomaketta.";
        "read_receipt": "Näkee kuitit", "Ser kvittona", "Sees the receipts"
            => "Saa katsoa kuitteja.";
        "claim_fee": "Hakee palkkiota", "Ansöker om arvode", "Claims a fee"
            => "Saa pyytää palkkiota tehtävästä.";
        "write_fee_form": "Täyttää palkkiolomakkeen", "Fyller i arvodesblanketten", "Fills in a fee form"
            => "Saa täyttää palkkiolomaketta.";
        "check_fee_form": "Tarkistaa ja hyväksyy palkkiolomakkeen", "Granskar och godkänner arvodesblanketten", "Checks and approves a fee form"
            => "Katsoo, onko palkkiolomake oikein, ja hyväksyy sen.";
        "handle_payroll": "Maksaa hyväksytyt palkkiot", "Betalar godkända arvoden", "Pays the approved fees"
            => "Maksaa palkkiot.";
        "read_payroll_identity": "Näkee maksutiedot peitettyinä", "Ser betalningsuppgifterna maskerade", "Sees the payment details, masked"
            => "Saa katsoa tilinumeroa, mutta ei näe sitä kokonaan.";
        "write_payroll_identity": "Antaa maksutiedot", "Uppger betalningsuppgifterna", "Gives the payment details"
            => "Saa kertoa tilinumeron ja henkilötunnuksen.";
        "give_expert_feedback": "Antaa palautetta kokemustoimijana", "Ger respons som erfarenhetsaktör", "Gives feedback as the expert"
            => "Kertoo kokemustoimijana, miten tehtävä meni.";
        "give_orderer_feedback": "Antaa palautetta tilaajana", "Ger respons som beställare", "Gives feedback as the orderer"
            => "Kertoo tilaajana, miten tehtävä meni.";
        "read_feedback": "Lukee palautetta", "Läser respons", "Reads feedback"
            => "Saa lukea palautetta.";
        "clear_quotes": "Hyväksyy lainauksia julkaistaviksi", "Godkänner citat för publicering", "Clears words for quoting"
            => "Päättää, mitä palautteesta saa näyttää kaikille.";
        "read_figures": "Näkee tunnusluvut", "Ser nyckeltalen", "Sees the figures"
            => "Saa katsoa lukuja siitä, mitä on tehty.";
        "manage_compilation": "Tekee vuosikoosteen", "Gör den årliga sammanställningen", "Makes the yearly compilation"
            => "Kokoaa vuoden palautteen yhteen.";
        "read_steering": "Seuraa ohjausryhmän työtä", "Följer styrgruppens arbete", "Follows the steering group"
            => "Saa seurata, mitä ohjausryhmä tekee.";
        "manage_steering": "Valmistelee ohjausryhmän työn", "Bereder styrgruppens arbete", "Prepares the work of the steering group"
            => "Valmistelee ohjausryhmän kokoukset.";
        "raise_concern": "Ilmoittaa huolesta", "Anmäler oro", "Raises a concern"
            => "Saa kertoa, jos jokin on pielessä.";
        "read_concern": "Näkee ilmoitetun huolen", "Ser den anmälda oron", "Sees a concern"
            => "Saa lukea, mistä joku on huolissaan.";
        "handle_concern": "Käsittelee ilmoitetun huolen", "Behandlar den anmälda oron", "Answers a concern"
            => "Hoitaa asian, josta joku on huolissaan.";
        "read_supervision": "Näkee työnohjauksen", "Ser arbetshandledningen", "Sees a supervision session"
            => "Saa katsoa työnohjauksen aikoja.";
        "manage_supervision": "Järjestää työnohjausta", "Ordnar arbetshandledning", "Arranges supervision"
            => "Järjestää työnohjausta.";
        "ask_for_supervision": "Pyytää työnohjausta", "Ber om arbetshandledning", "Asks for supervision"
            => "Saa pyytää työnohjausta.";
        "book_supervision": "Ilmoittautuu työnohjaukseen", "Anmäler sig till arbetshandledning", "Books a seat in a session"
            => "Saa ilmoittautua työnohjaukseen.";
    }
}
