//! Codes of tasks and what they are for.

super::sets! {
    /// What experts are asked to do: the catalogue merged from the sources (`facts.md` C), with S1-18 … S1-26 and
    /// S2-23 … S2-25.
    TASK_TYPES = "task_types" ("Tehtävätyyppi", "Uppdragstyp", "Task type") {
        "lecture": "Luento tai puheenvuoro", "Föreläsning eller anförande", "Talk or lecture"
            => "Kerrot kokemuksistasi yleisölle.";
        "staff_training": "Henkilöstön koulutus", "Personalutbildning", "Staff training"
            => "Koulutat työntekijöitä oman kokemuksesi avulla.";
        "school_lesson": "Oppitunti", "Lektion", "School lesson"
            => "Kerrot kokemuksistasi opiskelijoille tai oppilaille.";
        "working_group": "Työryhmä tai ohjausryhmä", "Arbetsgrupp eller styrgrupp", "Working or steering group"
            => "Olet mukana ryhmässä, joka suunnittelee tai ohjaa asioita.";
        "customer_panel": "Asiakasraati", "Kundråd", "Customer panel"
            => "Olet mukana ryhmässä, joka antaa neuvoja palvelun tekijöille.";
        "co_design": "Palvelun yhteiskehittäminen", "Samutveckling av tjänster", "Service co-design"
            => "Kehität palvelua yhdessä työntekijöiden kanssa.";
        "planning": "Suunnittelu ja ideointi", "Planering och idéarbete", "Planning and ideation"
            => "Mietit uusia ideoita ja suunnittelet yhdessä muiden kanssa.";
        "testing": "Testaaminen", "Testning", "Testing"
            => "Kokeilet palvelua, tuotetta tai materiaalia. Kerrot, onko se selkeä ja toimiiko se.";
        "evaluation": "Arviointi", "Utvärdering", "Evaluation"
            => "Kerrot, mikä palvelussa on hyvää ja mikä huonoa.";
        "quality_audit": "Laadun arviointikäynti", "Kvalitetsrevision", "Quality audit"
            => "Käyt palvelussa ja arvioit sen laatua sovitulla tavalla.";
        "group_leading": "Ryhmän tai vertaisryhmän ohjaaminen", "Ledning av grupp eller kamratgrupp", "Leading a group or peer group"
            => "Ohjaat ryhmää, jossa ihmisillä on samanlaisia kokemuksia.";
        "reception": "Vastaanotto tai henkilökohtainen tapaaminen", "Mottagning eller personligt möte", "Reception or individual meeting"
            => "Tapaat ihmisen, joka haluaa puhua kanssasi.";
        "pair_work": "Työparina ammattilaisen kanssa", "Arbetspar med en yrkesperson", "Pair work with a professional"
            => "Teet työtä yhdessä ammattilaisen kanssa.";
        "client_support": "Asiakkaan tukeminen palvelutilanteessa", "Stöd till en klient i en servicesituation", "Supporting a client in a service situation"
            => "Olet asiakkaan tukena, kun hän käyttää palvelua.";
        "interpretation": "Asiakkaan ja työntekijän välinen tulkki", "Tolk mellan klient och personal", "Interpreting between client and staff"
            => "Autat asiakasta ja työntekijää ymmärtämään toisiaan.";
        "theme_discussion": "Teemakeskustelu", "Temadiskussion", "Theme discussion"
            => "Keskustelet sovitusta aiheesta muiden kanssa.";
        "media": "Haastattelu mediaan", "Medieintervju", "Media interview"
            => "Kerrot kokemuksistasi lehdessä, radiossa, televisiossa tai netissä.";
        "research_interview": "Tutkimus- tai opinnäytehaastattelu", "Intervju för forskning eller lärdomsprov", "Research or thesis interview"
            => "Kerrot kokemuksistasi tutkijalle tai opiskelijalle.";
        "statement": "Lausunto tai kannanotto", "Utlåtande eller ställningstagande", "Statement or position paper"
            => "Kirjoitat mielipiteen asiasta yhdessä muiden kanssa.";
        "recorded_story": "Kokemustarina videolla tai kirjallisena", "Berättelse på video eller i skrift", "Recorded or written story"
            => "Kerrot tarinasi videolla tai kirjoitat sen.";
        "campaign": "Kampanja, messut tai tapahtuma", "Kampanj, mässa eller evenemang", "Campaign, fair or event"
            => "Olet mukana kampanjassa tai tapahtumassa.";
        "advocacy": "Vaikuttamistyö", "Påverkansarbete", "Advocacy"
            => "Vaikutat siihen, miten asioista päätetään.";
        "anti_stigma": "Anti-stigmatyö", "Antistigmaarbete", "Anti-stigma work"
            => "Autat muuttamaan ihmisten vääriä käsityksiä.";
        "internal_development": "Taustayhteisön oman toiminnan kehittäminen", "Utveckling av bakgrundsorganisationens verksamhet", "Development of the background organisation"
            => "Kehität oman yhteisösi toimintaa.";
        "association_work": "Yhdistystoiminta ja vapaaehtoistyön tuki", "Föreningsverksamhet och stöd för frivilligarbete", "Association work and support of volunteering"
            => "Autat yhdistystä ja sen vapaaehtoisia.";
        "other": "Muu tehtävä", "Annat uppdrag", "Other task"
            => "Muu tehtävä, joka kuvataan tarkemmin.";
    }

    /// The phase of service development that a task serves (S0-07).
    SERVICE_PHASES = "service_phases" ("Palvelun kehittämisen vaihe", "Fas i utvecklingen av tjänsten", "Phase of service development") {
        "planning": "Suunnittelu", "Planering", "Planning"
            => "Palvelua vasta suunnitellaan.";
        "delivery": "Toteutus", "Genomförande", "Delivery"
            => "Palvelu on käytössä, ja olet mukana tekemässä sitä.";
        "evaluation": "Arviointi", "Utvärdering", "Evaluation"
            => "Katsotaan, miten palvelu on toiminut.";
        "development": "Kehittäminen", "Utveckling", "Development"
            => "Palvelua parannetaan.";
    }

    /// What an order is for (S4-48, with S4-03, S4-46, S2-23, S2-24, S2-26 and S1-25).
    PURPOSES = "purposes" ("Tilauksen tarkoitus", "Beställningens syfte", "Purpose of the order") {
        "client_participation": "Asiakasosallisuus", "Kunddelaktighet", "Client participation"
            => "Asiakkaat pääsevät mukaan päättämään ja tekemään.";
        "client_understanding": "Asiakasymmärrys", "Kundförståelse", "Client understanding"
            => "Työntekijät oppivat ymmärtämään asiakkaita paremmin.";
        "service_development": "Palvelun kehittäminen", "Utveckling av tjänster", "Service development"
            => "Palvelusta tehdään parempi.";
        "staff_competence": "Henkilöstön osaaminen", "Personalens kompetens", "Competence of staff"
            => "Työntekijät oppivat uutta.";
        "education": "Opetus", "Undervisning", "Education"
            => "Opiskelijat oppivat kokemuksistasi.";
        "research": "Tutkimus", "Forskning", "Research"
            => "Tutkija saa tietoa kokemuksistasi.";
        "peer_hope": "Tieto ja toivo vertaisille", "Kunskap och hopp till kamrater", "Knowledge and hope for peers"
            => "Samaa kokeneet ihmiset saavat tietoa ja toivoa.";
        "attitudes": "Asennevaikuttaminen", "Attitydpåverkan", "Influencing attitudes"
            => "Ihmisten väärät käsitykset vähenevät.";
        "decision_making": "Päätöksenteon tuki", "Stöd för beslutsfattande", "Support for decisions"
            => "Päättäjät saavat tietoa kokemuksista.";
        "other": "Muu tarkoitus", "Annat syfte", "Other purpose"
            => "Muu kuin edellä sanottu.";
    }

    /// Whom a task is for (S2-12, S2-26, S4-13).
    AUDIENCES = "audiences" ("Kohderyhmä", "Målgrupp", "Audience") {
        "professionals": "Ammattilaiset", "Yrkespersoner", "Professionals"
            => "Työntekijät, esimerkiksi hoitajat ja sosiaalityöntekijät.";
        "students": "Opiskelijat", "Studerande", "Students"
            => "Ihmiset, jotka opiskelevat.";
        "pupils": "Oppilaat", "Elever", "Pupils"
            => "Koulun lapset ja nuoret.";
        "clients": "Asiakkaat", "Klienter", "Clients"
            => "Ihmiset, jotka käyttävät palvelua.";
        "close_ones": "Läheiset", "Närstående", "Close ones"
            => "Asiakkaiden perheet ja ystävät.";
        "peers": "Vertaiset", "Kamrater", "Peers"
            => "Ihmiset, joilla on samanlaisia kokemuksia kuin sinulla.";
        "managers": "Johto ja päättäjät", "Ledning och beslutsfattare", "Managers and decision-makers"
            => "Ihmiset, jotka johtavat palveluja tai päättävät niistä.";
        "researchers": "Tutkijat", "Forskare", "Researchers"
            => "Ihmiset, jotka tutkivat asiaa.";
        "public": "Suuri yleisö", "Allmänheten", "The general public"
            => "Kaikki ihmiset, joita asia kiinnostaa.";
        "other": "Muu kohderyhmä", "Annan målgrupp", "Other audience"
            => "Muu kuin edellä sanottu.";
    }

    /// The fields of experience competence (S3-05).
    ACTIVITY_FIELDS = "activity_fields" ("Kokemusosaamisen ala", "Område inom erfarenhetskompetens", "Field of experience competence") {
        "experience_activity": "Kokemustoiminta", "Erfarenhetsverksamhet", "Lived-experience activity"
            => "Ihmiset auttavat muita oman kokemuksensa avulla.";
        "expert_by_experience_activity": "Kokemusasiantuntijatoiminta", "Erfarenhetsexpertverksamhet", "Activity of experts by experience"
            => "Koulutetut kokemusasiantuntijat tekevät tehtäviä.";
        "resident_participation": "Asukasosallisuus", "Invånardelaktighet", "Participation of residents"
            => "Alueen asukkaat ovat mukana päättämässä.";
        "client_participation": "Asiakasosallisuus", "Kunddelaktighet", "Participation of clients"
            => "Palvelun asiakkaat ovat mukana päättämässä.";
        "patient_participation": "Potilasosallisuus", "Patientdelaktighet", "Participation of patients"
            => "Potilaat ovat mukana päättämässä.";
        "peer_support": "Vertaistukitoiminta", "Kamratstödsverksamhet", "Peer support"
            => "Samaa kokeneet ihmiset tukevat toisiaan.";
    }
}
