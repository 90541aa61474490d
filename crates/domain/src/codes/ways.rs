//! Codes of ways: taking part, reaching people, cancelling, documents.

super::sets! {
    /// Ways of taking part (issue 2 point 12, S1-26, S4-56).
    PARTICIPATION_MODES = "participation_modes" ("Osallistumistapa", "Sätt att delta", "Way of taking part") {
        "on_site": "Paikan päällä", "På plats", "On site"
            => "Menet paikalle ja tapaat ihmiset.";
        "remote": "Etänä", "På distans", "Remote"
            => "Osallistut kotoa tietokoneella tai puhelimella.";
        "written": "Kirjallisesti", "Skriftligt", "In writing"
            => "Kirjoitat kokemuksestasi.";
        "video": "Videolla", "På video", "On video"
            => "Sinusta tehdään video. Videosta sovitaan erikseen.";
    }

    /// How a person wishes to hear of what waits for them, an offer as well (S1-30, S1-32, S4-19).
    CHANNELS = "channels" ("Yhteydenpidon tapa", "Kontaktsätt", "Channel") {
        "email": "Sähköposti", "E-post", "E-mail"
            => "Saat viestit sähköpostiin.";
        "sms": "Tekstiviesti", "Textmeddelande", "Text message"
            => "Saat viestit puhelimeen tekstiviestinä.";
        "phone": "Puhelu", "Telefonsamtal", "Phone call"
            => "Sinulle soitetaan.";
        "post": "Kirje", "Brev", "Letter"
            => "Saat kirjeen kotiin.";
    }

    /// How a request came in (S2-07, S4-15).
    INTAKE_CHANNELS = "intake_channels" ("Yhteydenoton tapa", "Sätt att ta kontakt", "How the request came in") {
        "form": "Tilauslomake", "Beställningsblankett", "Order form"
            => "Tilaaja täytti tilauslomakkeen.";
        "phone": "Puhelu", "Telefonsamtal", "Phone call"
            => "Tilaaja soitti.";
        "email": "Sähköposti", "E-post", "E-mail"
            => "Tilaaja lähetti sähköpostin.";
        "meeting": "Tapaaminen", "Möte", "Meeting"
            => "Tilaaja pyysi kasvotusten.";
        "post": "Kirje", "Brev", "Letter"
            => "Tilaaja lähetti kirjeen.";
        "other": "Muu", "Annat", "Other"
            => "Muu kuin edellä sanottu.";
    }

    /// Who cancelled, or what did (S4-31, S4-55).
    CANCELLATION_PARTIES = "cancellation_parties" ("Peruuttaja", "Den som avbokat", "Who cancelled") {
        "orderer": "Tilaaja", "Beställaren", "The orderer"
            => "Tilaaja perui tehtävän.";
        "expert": "Kokemustoimija", "Experten", "The expert"
            => "Kokemustoimija perui tehtävän.";
        "broker": "Välittäjä", "Förmedlaren", "The broker"
            => "Välittäjä perui tehtävän.";
        "circumstances": "Olosuhteet", "Omständigheter", "Circumstances"
            => "Tehtävä peruttiin syystä, jolle kukaan ei voinut mitään.";
    }

    /// Kinds of documents in an area's library (S4-10, S4-22, S4-52, S3-13, S3-33, S3-34, S3-10).
    DOCUMENT_KINDS = "document_kinds" ("Asiakirjan laji", "Slag av dokument", "Kind of document") {
        "operating_model": "Toimintamalli", "Verksamhetsmodell", "Operating model"
            => "Toimintamalli kertoo, miten kokemustoiminta järjestetään.";
        "ground_rules": "Pelisäännöt", "Spelregler", "Ground rules"
            => "Pelisäännöt kertovat, miten toimitaan yhdessä.";
        "instruction": "Ohje", "Anvisning", "Instruction"
            => "Ohje neuvoo, miten jokin asia tehdään.";
        "orientation": "Perehdytysmateriaali", "Introduktionsmaterial", "Orientation material"
            => "Perehdytysmateriaali kertoo tehtävästä ja paikasta. Lue se ennen tehtävää.";
        "form": "Lomake", "Blankett", "Form"
            => "Lomakkeeseen kirjoitetaan pyydetyt tiedot.";
        "role_description": "Roolin kuvaus", "Rollbeskrivning", "Role description"
            => "Kuvaus kertoo, mitä kukin tekee.";
        "fee_recommendation": "Palkkiosuositus", "Rekommendation om arvode", "Fee recommendation"
            => "Suositus kertoo, kuinka suuri palkkio olisi hyvä maksaa.";
        "privacy_notice": "Tietosuojaseloste", "Dataskyddsbeskrivning", "Privacy notice"
            => "Tietosuojaseloste kertoo, miten tietojasi käytetään.";
        "other": "Muu asiakirja", "Annat dokument", "Other document"
            => "Muu kuin edellä sanottu.";
    }

    /// Adjustments that make taking part possible (S4-56, S1-02; words of this product).
    ADJUSTMENTS = "adjustments" ("Mukautus", "Anpassning", "Adjustment") {
        "step_free": "Esteetön kulku", "Tillträde utan hinder", "Step-free access"
            => "Paikkaan pääsee pyörätuolilla.";
        "hearing_loop": "Kuuloa tukeva laite", "Hörselslinga", "Hearing loop"
            => "Paikassa on laite, joka auttaa kuulemaan.";
        "sign_language": "Viittomakielen tulkkaus", "Teckenspråkstolkning", "Sign-language interpreting"
            => "Paikalla on viittomakielen tulkki.";
        "writing_interpreting": "Kirjoitustulkkaus", "Skrivtolkning", "Speech-to-text interpreting"
            => "Tulkki kirjoittaa puheen tekstiksi.";
        "speech_interpreting": "Puhetulkkaus", "Taltolkning", "Interpreting for unclear speech"
            => "Tulkki auttaa, kun puhuminen on vaikeaa.";
        "interpreter": "Kielen tulkkaus", "Språktolkning", "Language interpreting"
            => "Tulkki kääntää puheen toiselle kielelle.";
        "easy_language": "Selkokieli", "Lätt språk", "Easy language"
            => "Asiat kerrotaan helpolla kielellä.";
        "materials_beforehand": "Materiaali etukäteen", "Material på förhand", "Materials beforehand"
            => "Saat paperit ennen tehtävää.";
        "large_print": "Suuri teksti", "Stor stil", "Large print"
            => "Teksti on suurta.";
        "screen_reader": "Ruudunlukijalle sopiva materiaali", "Material som fungerar med skärmläsare", "Material fit for a screen reader"
            => "Laite voi lukea materiaalin ääneen.";
        "breaks": "Taukoja", "Pauser", "Breaks"
            => "Tehtävän aikana on taukoja.";
        "quiet_place": "Rauhallinen tila", "Lugn plats", "A quiet place"
            => "Paikalla on huone, jossa voi levätä.";
        "assistant": "Oma avustaja mukana", "Egen assistent med", "Own assistant along"
            => "Avustajasi tulee mukaan.";
        "support_person": "Tukihenkilö mukana", "Stödperson med", "Support person along"
            => "Tukihenkilösi tulee mukaan.";
        "assistance_dog": "Opaskoira tai avustajakoira", "Ledarhund eller assistanshund", "Assistance dog"
            => "Koirasi tulee mukaan.";
        "scent_free": "Tuoksuton tila", "Doftfri plats", "Scent-free place"
            => "Paikassa ei käytetä hajusteita.";
        "remote_option": "Mahdollisuus osallistua etänä", "Möjlighet att delta på distans", "Remote option"
            => "Voit osallistua kotoa tietokoneella tai puhelimella.";
        "daytime": "Vain päiväsaikaan", "Endast dagtid", "Daytime only"
            => "Tehtävä on päivällä, ei illalla.";
        "transport": "Apua matkaan", "Hjälp med resan", "Help with travelling"
            => "Saat apua matkalla.";
        "other": "Muu mukautus", "Annan anpassning", "Other adjustment"
            => "Muu apu, jonka kerrot itse.";
    }
}
