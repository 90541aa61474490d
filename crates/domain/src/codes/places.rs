//! Codes of areas, languages, organisations and surroundings.

super::sets! {
    /// The wellbeing services counties, Helsinki and Åland: codes of Statistics Finland and names exactly as in the
    /// source (`facts.md` I.1).
    AREAS = "areas" ("Hyvinvointialue", "Välfärdsområde", "Wellbeing services county") {
        "01": "Itä-Uudenmaan hyvinvointialue", "Östra Nylands välfärdsområde", "East Uusimaa wellbeing services county";
        "02": "Keski-Uudenmaan hyvinvointialue", "Mellersta Nylands välfärdsområde", "Central Uusimaa wellbeing services county";
        "03": "Länsi-Uudenmaan hyvinvointialue", "Västra Nylands välfärdsområde", "West Uusimaa wellbeing services county";
        "04": "Vantaan ja Keravan hyvinvointialue", "Vanda och Kervo välfärdsområde", "Vantaa and Kerava wellbeing services county";
        "05": "Varsinais-Suomen hyvinvointialue", "Egentliga Finlands välfärdsområde", "Southwest Finland wellbeing services county";
        "06": "Satakunnan hyvinvointialue", "Satakunta välfärdsområde", "Satakunta wellbeing services county";
        "07": "Kanta-Hämeen hyvinvointialue", "Egentliga Tavastlands välfärdsområde", "Kanta-Häme wellbeing services county";
        "08": "Pirkanmaan hyvinvointialue", "Birkalands välfärdsområde", "Pirkanmaa wellbeing services county";
        "09": "Päijät-Hämeen hyvinvointialue", "Päijänne-Tavastlands välfärdsområde", "Päijät-Häme wellbeing services county";
        "10": "Kymenlaakson hyvinvointialue", "Kymmenedalens välfärdsområde", "Kymenlaakso wellbeing services county";
        "11": "Etelä-Karjalan hyvinvointialue", "Södra Karelens välfärdsområde", "South Karelia wellbeing services county";
        "12": "Etelä-Savon hyvinvointialue", "Södra Savolax välfärdsområde", "South Savo wellbeing services county";
        "13": "Pohjois-Savon hyvinvointialue", "Norra Savolax välfärdsområde", "North Savo wellbeing services county";
        "14": "Pohjois-Karjalan hyvinvointialue", "Norra Karelens välfärdsområde", "North Karelia wellbeing services county";
        "15": "Keski-Suomen hyvinvointialue", "Mellersta Finlands välfärdsområde", "Central Finland wellbeing services county";
        "16": "Etelä-Pohjanmaan hyvinvointialue", "Södra Österbottens välfärdsområde", "South Ostrobothnia wellbeing services county";
        "17": "Pohjanmaan hyvinvointialue", "Österbottens välfärdsområde", "Ostrobothnia wellbeing services county";
        "18": "Keski-Pohjanmaan hyvinvointialue", "Mellersta Österbottens välfärdsområde", "Central Ostrobothnia wellbeing services county";
        "19": "Pohjois-Pohjanmaan hyvinvointialue", "Norra Österbottens välfärdsområde", "North Ostrobothnia wellbeing services county";
        "20": "Kainuun hyvinvointialue", "Kajanalands välfärdsområde", "Kainuu wellbeing services county";
        "21": "Lapin hyvinvointialue", "Lapplands välfärdsområde", "Lapland wellbeing services county";
        "90": "Helsingin kaupunki", "Helsingfors stad", "City of Helsinki";
        "91": "Ahvenanmaa", "Åland", "Åland";
    }

    /// Languages, by ISO 639-1 where it has the language and by ISO 639-3 otherwise (`facts.md` I.2).
    LANGUAGES = "languages" ("Kieli", "Språk", "Language") {
        "fi": "suomi", "finska", "Finnish";
        "sv": "ruotsi", "svenska", "Swedish";
        "en": "englanti", "engelska", "English";
        "se": "pohjoissaame", "nordsamiska", "Northern Sámi";
        "smn": "inarinsaame", "enaresamiska", "Inari Sámi";
        "sms": "koltansaame", "skoltsamiska", "Skolt Sámi";
        "fse": "suomalainen viittomakieli", "finskt teckenspråk", "Finnish Sign Language";
        "fss": "suomenruotsalainen viittomakieli", "finlandssvenskt teckenspråk", "Finland-Swedish Sign Language";
        "rmf": "Suomen romanikieli", "finsk romani", "Finnish Kalo";
        "krl": "karjala", "karelska", "Karelian";
        "ar": "arabia", "arabiska", "Arabic";
        "de": "saksa", "tyska", "German";
        "es": "espanja", "spanska", "Spanish";
        "et": "viro", "estniska", "Estonian";
        "fa": "persia (farsi, dari)", "persiska (farsi, dari)", "Persian (Farsi, Dari)";
        "fr": "ranska", "franska", "French";
        "ku": "kurdi", "kurdiska", "Kurdish";
        "ru": "venäjä", "ryska", "Russian";
        "so": "somali", "somaliska", "Somali";
        "sq": "albania", "albanska", "Albanian";
        "th": "thai", "thailändska", "Thai";
        "tr": "turkki", "turkiska", "Turkish";
        "uk": "ukraina", "ukrainska", "Ukrainian";
        "vi": "vietnam", "vietnamesiska", "Vietnamese";
        "zh": "kiina", "kinesiska", "Chinese";
    }

    /// Kinds of organisations (S0-16, S0-17, S1-04, S4-47).
    ORGANISATION_KINDS = "organisation_kinds" ("Organisaation laji", "Slag av organisation", "Kind of organisation") {
        "welfare_area": "Hyvinvointialue", "Välfärdsområde", "Wellbeing services county"
            => "Hyvinvointialue järjestää terveyspalvelut ja sosiaalipalvelut.";
        "welfare_area_body": "Hyvinvointialueen vastuualue tai palvelukokonaisuus", "Ansvarsområde eller servicehelhet inom välfärdsområdet", "Division of a wellbeing services county"
            => "Hyvinvointialueen osa, jolla on oma tehtävä.";
        "hospital_district": "Sairaanhoitopiiri", "Sjukvårdsdistrikt", "Hospital district"
            => "Sairaanhoitopiiri järjesti sairaalahoidon ennen hyvinvointialueita.";
        "municipality": "Kunta", "Kommun", "Municipality"
            => "Kunta on esimerkiksi kaupunki tai maaseudun kunta.";
        "municipal_body": "Kunnan alaorganisaatio", "Kommunal underorganisation", "Body of a municipality"
            => "Kunnan osa, jolla on oma tehtävä.";
        "regional_authority": "Alueviranomainen", "Regional myndighet", "Regional authority"
            => "Viranomainen, joka toimii yhdellä alueella.";
        "ngo": "Järjestö tai yhdistys", "Organisation eller förening", "Non-governmental organisation"
            => "Järjestö on ihmisten yhdessä perustama. Se ei tavoittele rahaa.";
        "school": "Oppilaitos", "Läroanstalt", "School or university"
            => "Koulu, ammattioppilaitos, ammattikorkeakoulu tai yliopisto.";
        "centre_of_excellence": "Osaamiskeskus", "Kompetenscentrum", "Centre of excellence"
            => "Osaamiskeskus tutkii ja kehittää sosiaalialaa.";
        "competence_centre": "Kokemusosaamisen keskus", "Centrum för erfarenhetskompetens", "Centre of experience competence"
            => "Keskus ohjaa ja kehittää kokemustoimintaa alueella.";
        "company": "Yritys", "Företag", "Company"
            => "Yritys myy palveluja tai tavaroita.";
        "project": "Hanke", "Projekt", "Project"
            => "Hanke on työtä, joka kestää sovitun ajan.";
        "other": "Muu organisaatio", "Annan organisation", "Other organisation"
            => "Muu kuin edellä sanottu.";
    }

    /// Surroundings in which experts work (S2-13; merged from `facts.md` C.3 and C.4).
    ENVIRONMENTS = "environments" ("Toimintaympäristö", "Verksamhetsmiljö", "Environment") {
        "health_centre": "Terveysasema", "Hälsostation", "Health centre"
            => "Paikka, jossa tapaat lääkärin tai hoitajan.";
        "hospital": "Sairaala", "Sjukhus", "Hospital"
            => "Paikka, jossa hoidetaan sairaita ihmisiä.";
        "mental_health": "Mielenterveyspalvelut", "Mentalvårdstjänster", "Mental health services"
            => "Palvelut ihmisille, joiden mieli voi huonosti.";
        "substance_use": "Päihdepalvelut", "Missbrukarvård", "Substance-use services"
            => "Palvelut ihmisille, joilla on ongelmia päihteiden kanssa.";
        "social_services": "Sosiaalipalvelut", "Socialtjänster", "Social services"
            => "Palvelut ihmisille, jotka tarvitsevat apua elämässään.";
        "disability_services": "Vammaispalvelut", "Funktionshinderservice", "Disability services"
            => "Palvelut vammaisille ihmisille.";
        "family_services": "Lasten, nuorten ja perheiden palvelut", "Tjänster för barn, unga och familjer", "Services for children, young people and families"
            => "Palvelut lapsille, nuorille ja heidän perheilleen.";
        "older_people": "Ikääntyneiden palvelut", "Tjänster för äldre", "Services for older people"
            => "Palvelut vanhoille ihmisille.";
        "employment": "Työllisyyspalvelut", "Sysselsättningstjänster", "Employment services"
            => "Palvelut ihmisille, jotka etsivät työtä.";
        "education": "Oppilaitos", "Läroanstalt", "Educational institution"
            => "Koulu tai muu paikka, jossa opiskellaan.";
        "association": "Järjestö tai yhdistys", "Organisation eller förening", "Association"
            => "Järjestön oma toiminta.";
        "company": "Yritys", "Företag", "Company"
            => "Yritys, joka haluaa oppia kokemuksistasi.";
        "administration": "Hallinto ja päätöksenteko", "Förvaltning och beslutsfattande", "Administration and decision-making"
            => "Kokous, jossa suunnitellaan palveluja tai päätetään niistä.";
        "research": "Tutkimus", "Forskning", "Research"
            => "Tutkimus, johon tarvitaan kokemuksia.";
        "event": "Tapahtuma", "Evenemang", "Event"
            => "Esimerkiksi seminaari, messut tai yleisötilaisuus.";
        "media": "Media", "Medier", "Media"
            => "Lehti, radio, televisio tai netti.";
        "online": "Verkko", "Webben", "Online"
            => "Tehtävä tehdään tietokoneella tai puhelimella.";
        "other": "Muu ympäristö", "Annan miljö", "Other environment"
            => "Muu kuin edellä sanottu.";
    }
}
