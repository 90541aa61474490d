//! Labels of what roles are and what they may do (S3-10, S3-32): what people read of `GET /v1/roles`.

super::sets! {
    /// The families of roles (S3-32).
    ROLE_FAMILIES = "role_families" ("Rooliperhe", "Rollgrupp", "Family of roles") {
        "steering_group": "Ohjausryhmä", "Styrgrupp", "Steering group";
        "centre": "Keskus ja välittäjät", "Centrum och förmedlare", "Centre and brokers";
        "trainers": "Kouluttajat", "Utbildare", "Trainers";
        "orderers": "Tilaajat", "Beställare", "Orderers";
        "experts": "Kokemusosaajat", "Erfarenhetskunniga", "People with experience competence";
    }

    /// The levels of the co-operation (S3-10).
    ROLE_LEVELS = "role_levels" ("Yhteistyön taso", "Samarbetsnivå", "Level of co-operation") {
        "nation": "Valtakunta", "Riket", "Nation";
        "area": "Hyvinvointialue", "Välfärdsområde", "Wellbeing services county";
        "local": "Paikallistaso", "Lokal nivå", "Local level";
    }

    /// To what a role may do something.
    DUTY_REACHES = "duty_reaches" ("Ulottuvuus", "Räckvidd", "Reach") {
        "below": "Omassa yksikössä ja sen alla", "I den egna enheten och under den", "In the own unit and below it";
        "around": "Omassa yksikössä, sen yllä ja alla", "I den egna enheten, ovanför och under den", "In the own unit, above it and below it";
        "handed_over": "Omalle organisaatiolle siirretyissä asioissa", "I det som överlämnats till den egna organisationen", "In what was handed to the own organisation";
        "own": "Omissa asioissa", "I egna ärenden", "In one's own matters";
        "delegated": "Toisen puolesta hänen luvallaan", "För en annan med dennes tillstånd", "For somebody who lets them";
    }

    /// What the policy lets people do.
    DUTIES = "duties" ("Tehtävä", "Uppgift", "Duty") {
        "read_node": "Näkee organisaatiot ja yksiköt", "Ser organisationer och enheter", "Sees organisations and units";
        "manage_node": "Hallinnoi organisaatioita ja yksiköitä", "Förvaltar organisationer och enheter", "Manages organisations and units";
        "read_person": "Näkee henkilön tiedot", "Ser personens uppgifter", "Sees a person's details";
        "register_person": "Rekisteröi henkilöitä", "Registrerar personer", "Registers people";
        "edit_person": "Muuttaa henkilön yhteystietoja", "Ändrar personens kontaktuppgifter", "Changes a person's contact details";
        "manage_person": "Hallinnoi henkilön tunnusta", "Förvaltar personens konto", "Manages a person's account";
        "deactivate_person": "Poistaa tunnuksen käytöstä ja palauttaa sen", "Inaktiverar och återaktiverar konton", "Deactivates and reactivates people";
        "replace_address": "Pyytää uuden kirjautumisosoitteen sille, joka on menettänyt entisen", "Begär en ny inloggningsadress åt den som har mist sin", "Asks for another sign-in address for whoever lost theirs";
        "read_grant": "Näkee annetut roolit", "Ser tilldelade roller", "Sees the roles that were given";
        "give_grant": "Antaa rooleja", "Tilldelar roller", "Gives roles";
        "give_administration": "Antaa ylläpitäjän roolin", "Tilldelar administratörsrollen", "Makes others administrators";
        "manage_grant": "Jatkaa ja päättää rooleja", "Förnyar och avslutar roller", "Renews and ends roles";
        "read_appointment": "Näkee, kuka vastaa mistäkin", "Ser vem som ansvarar för vad", "Sees who is in charge of what";
        "manage_client": "Hallinnoi konetunnuksia", "Förvaltar maskinkonton", "Manages machine clients";
        "read_decision": "Näkee päätökset hyödyntää kokemustoimijoita", "Ser beslut att anlita erfarenhetsaktörer", "Sees the decisions to use experts";
        "manage_decision": "Kirjaa päätökset hyödyntää kokemustoimijoita", "Registrerar beslut att anlita erfarenhetsaktörer", "Registers the decisions to use experts";
        "read_audit_events": "Näkee, kuka on tehnyt mitä", "Ser vem som har gjort vad", "Sees who has done what";
        "read_notice": "Näkee ilmoituksensa", "Ser sina meddelanden", "Sees their notices";
        "deliver_letter": "Toimittaa ilmoituksia kirjeitse ja puhelimitse", "Framför meddelanden per brev och telefon", "Delivers notices by letter and telephone";
        "decide_access_request": "Päättää tunnushakemuksista", "Avgör ansökningar om behörighet", "Decides on requests for access";
        "read_setting": "Näkee asetukset", "Ser inställningarna", "Sees the settings";
        "manage_setting": "Muuttaa asetuksia", "Ändrar inställningarna", "Changes the settings";
        "read_document": "Lukee asiakirjoja", "Läser dokument", "Reads documents";
        "manage_document": "Ylläpitää asiakirjoja", "Underhåller dokument", "Keeps documents up to date";
        "read_expert": "Tuntee kokemustoimijan nimeltä", "Känner erfarenhetsaktören vid namn", "Knows an expert by name";
        "edit_expert": "Muuttaa kokemustoimijan profiilia", "Ändrar erfarenhetsaktörens profil", "Changes an expert's profile";
        "enrol_expert": "Lisää kokemustoimijan kokemuspankkiin", "Lägger till en erfarenhetsaktör i erfarenhetsbanken", "Enrols an expert in the bank";
        "read_lookups": "Näkee, kuka korttia on katsonut", "Ser vem som har tittat på kortet", "Sees who has looked at the card";
        "read_public_bank": "Lukee julkista kokemuspankkia", "Läser den offentliga erfarenhetsbanken", "Reads the public bank";
        "support_expert": "Tukee kokemustoimijaa", "Stöder erfarenhetsaktören", "Supports an expert";
        "create_order": "Tilaa kokemustoimijan", "Beställer en erfarenhetsaktör", "Orders an expert";
        "create_order_for_caller": "Kirjaa tilauksen yhteyttä ottaneen puolesta", "Antecknar en beställning för den som hört av sig", "Writes an order down for whoever called";
        "read_order": "Näkee tilauksen", "Ser beställningen", "Sees an order";
        "edit_order": "Muuttaa tilausta", "Ändrar beställningen", "Changes an order";
        "broker_order": "Välittää tilauksen", "Förmedlar beställningen", "Brokers an order";
        "approve_order": "Hyväksyy tilauksia keskuksessa", "Godkänner beställningar vid centret", "Approves orders at the centre";
        "approve_unit_order": "Hyväksyy yksikkönsä tilauksia", "Godkänner sin enhets beställningar", "Approves orders of the unit";
        "converse": "Keskustelee tilauksesta", "Diskuterar beställningen", "Writes messages about an order";
        "read_open_call": "Näkee avoimet haut", "Ser öppna ansökningar", "Sees open calls";
        "close_open_call": "Päättää avoimen haun", "Avslutar en öppen ansökan", "Closes an open call";
        "express_interest": "Ilmaisee kiinnostuksensa tehtävään", "Anmäler intresse för uppdraget", "Expresses interest in a task";
        "read_offer": "Näkee välitetyn pyynnön", "Ser den förmedlade förfrågan", "Sees an offer";
        "answer_offer": "Vastaa välitettyyn pyyntöön", "Besvarar den förmedlade förfrågan", "Answers an offer";
        "withdraw_offer": "Peruuttaa välitetyn pyynnön", "Tar tillbaka den förmedlade förfrågan", "Withdraws an offer";
        "record_offer_answer": "Kirjaa toisen antaman vastauksen", "Antecknar en annans svar", "Writes down the answer of another";
        "read_sourcing": "Näkee kyselyn järjestölle", "Ser förfrågan till organisationen", "Sees a request to an organisation";
        "answer_sourcing": "Ehdottaa kokemustoimijaa järjestöstään", "Föreslår en erfarenhetsaktör från sin organisation", "Proposes an expert of the organisation";
        "withdraw_sourcing": "Peruuttaa kyselyn järjestölle", "Tar tillbaka förfrågan till organisationen", "Withdraws a request to an organisation";
        "read_disclosure": "Näkee, mitä kenestäkin on kerrottu", "Ser vad som har berättats om vem", "Sees what was told of whom";
        "read_disclosed_details": "Näkee kerrotut yhteystiedot", "Ser de uppgifter som lämnats ut", "Sees the details that were told";
        "read_assignment": "Näkee toimeksiannon", "Ser uppdraget", "Sees an assignment";
        "record_task": "Kirjaa, mitä tehtävässä tapahtui", "Antecknar vad som hände under uppdraget", "Records what happened at the task";
        "step_back": "Vetäytyy tehtävästä", "Drar sig ur uppdraget", "Steps back from a task";
        "run_assignment": "Vastaa toimeksiannosta tilaajan puolella", "Ansvarar för uppdraget på beställarens sida", "Runs an assignment for the orderer";
        "introduce_parties": "Esittelee osapuolet toisilleen", "Presenterar parterna för varandra", "Introduces the parties";
        "edit_agreement": "Täyttää toimeksiantosopimusta", "Fyller i uppdragsavtalet", "Fills in an agreement";
        "confirm_as_expert": "Vahvistaa sopimuksen kokemustoimijana", "Bekräftar avtalet som erfarenhetsaktör", "Confirms an agreement as the expert";
        "confirm_as_orderer": "Vahvistaa sopimuksen tilaajana", "Bekräftar avtalet som beställare", "Confirms an agreement as the orderer";
        "deliver_documents": "Toimittaa perehdytysaineiston", "Levererar introduktionsmaterialet", "Delivers the orientation material";
        "mark_document_read": "Merkitsee aineiston luetuksi", "Märker materialet som läst", "Marks the material as read";
        "read_fee_form": "Näkee palkkiolomakkeen", "Ser arvodesblanketten", "Sees a fee form";
        "read_receipt": "Näkee kuitit", "Ser kvittona", "Sees the receipts";
        "claim_fee": "Hakee palkkiota", "Ansöker om arvode", "Claims a fee";
        "write_fee_form": "Täyttää palkkiolomakkeen", "Fyller i arvodesblanketten", "Fills in a fee form";
        "check_fee_form": "Tarkistaa ja hyväksyy palkkiolomakkeen", "Granskar och godkänner arvodesblanketten", "Checks and approves a fee form";
        "handle_payroll": "Maksaa hyväksytyt palkkiot", "Betalar godkända arvoden", "Pays the approved fees";
        "read_payroll_identity": "Näkee maksutiedot peitettyinä", "Ser betalningsuppgifterna maskerade", "Sees the payment details, masked";
        "write_payroll_identity": "Antaa maksutiedot", "Uppger betalningsuppgifterna", "Gives the payment details";
        "give_expert_feedback": "Antaa palautetta kokemustoimijana", "Ger respons som erfarenhetsaktör", "Gives feedback as the expert";
        "give_orderer_feedback": "Antaa palautetta tilaajana", "Ger respons som beställare", "Gives feedback as the orderer";
        "read_feedback": "Lukee palautetta", "Läser respons", "Reads feedback";
        "clear_quotes": "Hyväksyy lainauksia julkaistaviksi", "Godkänner citat för publicering", "Clears words for quoting";
        "read_figures": "Näkee tunnusluvut", "Ser nyckeltalen", "Sees the figures";
        "manage_compilation": "Tekee vuosikoosteen", "Gör den årliga sammanställningen", "Makes the yearly compilation";
        "read_steering": "Seuraa ohjausryhmän työtä", "Följer styrgruppens arbete", "Follows the steering group";
        "manage_steering": "Valmistelee ohjausryhmän työn", "Bereder styrgruppens arbete", "Prepares the work of the steering group";
        "raise_concern": "Ilmoittaa huolesta", "Anmäler oro", "Raises a concern";
        "read_concern": "Näkee ilmoitetun huolen", "Ser den anmälda oron", "Sees a concern";
        "handle_concern": "Käsittelee ilmoitetun huolen", "Behandlar den anmälda oron", "Answers a concern";
        "read_supervision": "Näkee työnohjauksen", "Ser arbetshandledningen", "Sees a supervision session";
        "manage_supervision": "Järjestää työnohjausta", "Ordnar arbetshandledning", "Arranges supervision";
        "ask_for_supervision": "Pyytää työnohjausta", "Ber om arbetshandledning", "Asks for supervision";
        "book_supervision": "Ilmoittautuu työnohjaukseen", "Anmäler sig till arbetshandledning", "Books a seat in a session";
    }
}
