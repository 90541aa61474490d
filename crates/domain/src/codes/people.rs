//! Codes of people and their roles.

super::sets! {
    /// What an expert is called (S0-15, S0-02 and the glossary).
    TITLES = "titles" ("Nimike", "Benämning", "Title") {
        "experience_actor": "Kokemustoimija", "Erfarenhetsaktör", "Experience actor"
            => "Kokemustoimija on saanut koulutuksen. Hän kertoo kokemuksistaan ja auttaa kehittämään palveluja.";
        "expert_by_experience": "Kokemusasiantuntija", "Erfarenhetsexpert", "Expert by experience"
            => "Kokemusasiantuntija tuntee asian oman elämänsä kautta. Hän on usein saanut pitkän koulutuksen.";
        "developer_client": "Kehittäjäasiakas", "Kundutvecklare", "Developer client"
            => "Kehittäjäasiakas käyttää palvelua ja auttaa kehittämään sitä. Omaa tarinaa ei tarvitse kertoa.";
        "experience_trainer": "Kokemuskouluttaja", "Erfarenhetsutbildare", "Experience trainer"
            => "Kokemuskouluttaja opettaa muita oman kokemuksensa avulla.";
        "panel_member": "Asiakasraatilainen", "Kundrådsmedlem", "Customer-panel member"
            => "Asiakasraatilainen kuuluu ryhmään, joka antaa neuvoja palvelun tekijöille.";
        "experienced_person": "Kokemusosaaja", "Erfarenhetskunnig", "Person with experience competence"
            => "Kokemusosaaja on yhteinen nimi kaikille, jotka auttavat oman kokemuksensa avulla.";
    }

    /// Whose experience it is (S4-06).
    PERSPECTIVES = "perspectives" ("Kokemuksen näkökulma", "Erfarenhetens perspektiv", "Perspective of the experience") {
        "own": "Omakohtainen", "Egen erfarenhet", "Own experience"
            => "Sinulla itselläsi on kokemus asiasta.";
        "close_one": "Läheisen kokemus", "Närståendes erfarenhet", "As a close one"
            => "Läheiselläsi on kokemus asiasta. Sinulla on kokemus läheisenä olemisesta.";
        "both": "Molemmat", "Båda", "Both"
            => "Sinulla on oma kokemus ja kokemus läheisenä olemisesta.";
    }

    /// The model that a training followed (S4-05, S1-16, S1-17, `facts.md` B.1 and C.4).
    TRAINING_MODELS = "training_models" ("Koulutusmalli", "Utbildningsmodell", "Training model") {
        "national": "Kokemustoimintaverkoston valtakunnallinen malli", "Erfarenhetsverksamhetsnätverkets nationella modell", "National model of the network"
            => "Koulutus tehtiin samalla tavalla koko maassa.";
        "national_accessible": "Saavutettava valtakunnallinen malli", "Tillgänglig nationell modell", "Accessible national model"
            => "Koulutus tehtiin niin, että myös tukea tarvitseva ihminen voi osallistua.";
        "kokoa": "KoKoA ry:n suositusten mukainen", "Enligt KoKoA rf:s rekommendationer", "By the recommendations of KoKoA"
            => "Koulutus tehtiin KoKoA ry:n ohjeiden mukaan.";
        "further": "Kehittämis- ja vaikuttamisjatkokoulutus", "Fortbildning i utveckling och påverkan", "Further training in development and advocacy"
            => "Lisäkoulutus niille, jotka haluavat kehittää palveluja ja vaikuttaa.";
        "area": "Hyvinvointialueen oma koulutus", "Välfärdsområdets egen utbildning", "The welfare area's own training"
            => "Hyvinvointialue järjesti koulutuksen.";
        "organisation": "Järjestön oma koulutus", "Organisationens egen utbildning", "An organisation's own training"
            => "Järjestö järjesti koulutuksen.";
        "other": "Muu koulutus", "Annan utbildning", "Other training"
            => "Muu koulutus, josta on hyötyä tehtävissä.";
    }

    /// What an expert can let a support person do for them (S1-03).
    SUPPORT_POWERS = "support_powers" ("Tukihenkilön valtuus", "Stödpersonens fullmakt", "Power of a support person") {
        "profile": "Profiili", "Profil", "Profile"
            => "Tukihenkilö saa lukea ja muuttaa tietojasi.";
        "offers": "Tehtäväpyynnöt", "Uppdragsförfrågningar", "Offers"
            => "Tukihenkilö saa lukea pyyntöjäsi ja vastata niihin.";
        "agreements": "Sopimukset ja tehtävät", "Avtal och uppdrag", "Agreements and tasks"
            => "Tukihenkilö saa tehdä sopimuksen puolestasi ja kertoa, miten tehtävä meni.";
        "fee_forms": "Palkkiolomakkeet", "Arvodesblanketter", "Fee forms"
            => "Tukihenkilö saa täyttää ja lähettää palkkiolomakkeen puolestasi.";
        "feedback": "Palaute", "Respons", "Feedback"
            => "Tukihenkilö saa antaa palautetta puolestasi.";
    }

    /// The roles of the service (`process.md`; the role families of S3-32).
    ROLES = "roles" ("Rooli", "Roll", "Role") {
        "platform_admin": "Ylläpitäjä", "Administratör", "Platform administrator"
            => "Ylläpitäjä huolehtii, että palvelu toimii.";
        "centre_manager": "Kokemusosaamisen keskuksen vastuuhenkilö", "Ansvarsperson vid centrum för erfarenhetskompetens", "Manager of a competence centre"
            => "Vastuuhenkilö päättää alueen ohjeista, lomakkeista ja palkkioista.";
        "area_coordinator": "Järjestökoordinaattori", "Organisationskoordinator", "NGO coordinator of the area"
            => "Järjestökoordinaattori lukee palautteen ja tekee siitä koosteen joka vuosi.";
        "liaison": "Järjestöyhteyshenkilö", "Kontaktperson för organisationer", "NGO contact person"
            => "Järjestöyhteyshenkilö ottaa tilaukset vastaan ja etsii sopivan kokemustoimijan.";
        "orderer": "Tilaaja", "Beställare", "Orderer"
            => "Tilaaja pyytää kokemustoimijaa tehtävään ja sopii tehtävästä hänen kanssaan.";
        "broker": "Välittäjä", "Förmedlare", "Broker"
            => "Välittäjä on järjestön työntekijä. Hän etsii tehtävään sopivan ihmisen ja tukee häntä.";
        "expert": "Kokemustoimija, kokemusasiantuntija tai kehittäjäasiakas", "Erfarenhetsaktör, erfarenhetsexpert eller kundutvecklare", "Expert by experience"
            => "Kokemustoimija tekee tehtäviä oman kokemuksensa avulla. Hän päättää itse, mitä tehtäviä hän tekee.";
        "support_person": "Tukihenkilö", "Stödperson", "Support person"
            => "Tukihenkilö auttaa kokemustoimijaa. Kokemustoimija päättää, missä asioissa tukihenkilö auttaa.";
        "hr_service": "Henkilöstöpalvelut", "Personaltjänster", "HR service"
            => "Henkilöstöpalvelut maksaa palkkiot ja kulut.";
        "website": "Järjestön verkkosivu", "Organisationens webbplats", "Website of an organisation"
            => "Verkkosivu näyttää ne tiedot, jotka kokemustoimija on antanut kaikkien nähtäville.";
        "network_coordinator": "Verkoston koordinoija", "Nätverkets samordnare", "Coordinator of a network"
            => "Koordinoija suunnittelee verkoston tapaamiset ja muistuttaa niistä.";
        "peer_facilitator": "Vertaisohjaaja", "Kamratledare", "Peer facilitator"
            => "Vertaisohjaaja ohjaa tapaamisia. Hänellä on samanlaisia kokemuksia kuin muilla.";
        "network_member": "Verkoston jäsen", "Nätverksmedlem", "Member of a network"
            => "Verkoston jäsen osallistuu tapaamisiin ja päättää asioista muiden kanssa.";
        "trainer": "Kouluttaja", "Utbildare", "Trainer"
            => "Kouluttaja opettaa kokemustoimijoita ja työntekijöitä.";
        "steering_member": "Ohjausryhmän jäsen", "Medlem av styrgruppen", "Member of a steering group"
            => "Ohjausryhmän jäsen suunnittelee ja seuraa, miten kokemustoimintaa kehitetään.";
    }
}
