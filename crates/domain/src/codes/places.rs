//! Codes of areas, languages, organisations and surroundings.

super::sets! {
    /// The wellbeing services counties, Helsinki and Åland: codes of Statistics Finland and names exactly as in the
    /// source (`facts.md` I.1).
    AREAS = "areas" ("Hyvinvointialue", "Välfärdsområde", "Wellbeing services county") {
        "01": "Itä-Uudenmaan hyvinvointialue", "Östra Nylands välfärdsområde", "East Uusimaa wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Itä-Uudellamaalla.";
        "02": "Keski-Uudenmaan hyvinvointialue", "Mellersta Nylands välfärdsområde", "Central Uusimaa wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Keski-Uudellamaalla.";
        "03": "Länsi-Uudenmaan hyvinvointialue", "Västra Nylands välfärdsområde", "West Uusimaa wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Länsi-Uudellamaalla.";
        "04": "Vantaan ja Keravan hyvinvointialue", "Vanda och Kervo välfärdsområde", "Vantaa and Kerava wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Vantaalla ja Keravalla.";
        "05": "Varsinais-Suomen hyvinvointialue", "Egentliga Finlands välfärdsområde", "Southwest Finland wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Varsinais-Suomessa.";
        "06": "Satakunnan hyvinvointialue", "Satakunta välfärdsområde", "Satakunta wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Satakunnassa.";
        "07": "Kanta-Hämeen hyvinvointialue", "Egentliga Tavastlands välfärdsområde", "Kanta-Häme wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Kanta-Hämeessä.";
        "08": "Pirkanmaan hyvinvointialue", "Birkalands välfärdsområde", "Pirkanmaa wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Pirkanmaalla.";
        "09": "Päijät-Hämeen hyvinvointialue", "Päijänne-Tavastlands välfärdsområde", "Päijät-Häme wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Päijät-Hämeessä.";
        "10": "Kymenlaakson hyvinvointialue", "Kymmenedalens välfärdsområde", "Kymenlaakso wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Kymenlaaksossa.";
        "11": "Etelä-Karjalan hyvinvointialue", "Södra Karelens välfärdsområde", "South Karelia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Etelä-Karjalassa.";
        "12": "Etelä-Savon hyvinvointialue", "Södra Savolax välfärdsområde", "South Savo wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Etelä-Savossa.";
        "13": "Pohjois-Savon hyvinvointialue", "Norra Savolax välfärdsområde", "North Savo wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Pohjois-Savossa.";
        "14": "Pohjois-Karjalan hyvinvointialue", "Norra Karelens välfärdsområde", "North Karelia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Pohjois-Karjalassa.";
        "15": "Keski-Suomen hyvinvointialue", "Mellersta Finlands välfärdsområde", "Central Finland wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Keski-Suomessa.";
        "16": "Etelä-Pohjanmaan hyvinvointialue", "Södra Österbottens välfärdsområde", "South Ostrobothnia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Etelä-Pohjanmaalla.";
        "17": "Pohjanmaan hyvinvointialue", "Österbottens välfärdsområde", "Ostrobothnia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Pohjanmaalla.";
        "18": "Keski-Pohjanmaan hyvinvointialue", "Mellersta Österbottens välfärdsområde", "Central Ostrobothnia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Keski-Pohjanmaalla.";
        "19": "Pohjois-Pohjanmaan hyvinvointialue", "Norra Österbottens välfärdsområde", "North Ostrobothnia wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Pohjois-Pohjanmaalla.";
        "20": "Kainuun hyvinvointialue", "Kajanalands välfärdsområde", "Kainuu wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Kainuussa.";
        "21": "Lapin hyvinvointialue", "Lapplands välfärdsområde", "Lapland wellbeing services county"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Lapissa.";
        "90": "Helsingin kaupunki", "Helsingfors stad", "City of Helsinki"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Helsingissä.";
        "91": "Ahvenanmaa", "Åland", "Åland"
            => "Järjestää terveyspalvelut ja sosiaalipalvelut Ahvenanmaalla.";
    }

    /// Languages, by ISO 639-1 where it has the language and by ISO 639-3 otherwise (`facts.md` I.2). Their Northern Sámi
    /// names are those of the Unicode Common Locale Data Repository, `se` and `se_FI`, as far as it has them.
    LANGUAGES = "languages" ("Kieli", "Språk", "Language") {
        "fi": "suomi", "finska", "Finnish", "suomagiella"
            => "Puhut suomea.";
        "sv": "ruotsi", "svenska", "Swedish", "ruoŧagiella"
            => "Puhut ruotsia.";
        "en": "englanti", "engelska", "English", "eaŋgalsgiella"
            => "Puhut englantia.";
        "se": "pohjoissaame", "nordsamiska", "Northern Sámi", "davvisámegiella"
            => "Puhut pohjoissaamea.";
        "smn": "inarinsaame", "enaresamiska", "Inari Sámi", "anárašgiella"
            => "Puhut inarinsaamea.";
        "sms": "koltansaame", "skoltsamiska", "Skolt Sámi", "nuortalašgiella"
            => "Puhut koltansaamea.";
        "fse": "suomalainen viittomakieli", "finskt teckenspråk", "Finnish Sign Language"
            => "Viitot suomalaista viittomakieltä.";
        "fss": "suomenruotsalainen viittomakieli", "finlandssvenskt teckenspråk", "Finland-Swedish Sign Language"
            => "Viitot suomenruotsalaista viittomakieltä.";
        "rmf": "Suomen romanikieli", "finsk romani", "Finnish Kalo"
            => "Puhut romanikieltä.";
        "krl": "karjala", "karelska", "Karelian", "gárjilgiella"
            => "Puhut karjalaa.";
        "ar": "arabia", "arabiska", "Arabic", "arábagiella"
            => "Puhut arabiaa.";
        "de": "saksa", "tyska", "German", "duiskkagiella"
            => "Puhut saksaa.";
        "es": "espanja", "spanska", "Spanish", "spánskkagiella"
            => "Puhut espanjaa.";
        "et": "viro", "estniska", "Estonian", "esttegiella"
            => "Puhut viroa.";
        "fa": "persia (farsi, dari)", "persiska (farsi, dari)", "Persian (Farsi, Dari)", "persijagiella"
            => "Puhut persiaa, esimerkiksi farsia tai daria.";
        "fr": "ranska", "franska", "French", "fránskkagiella"
            => "Puhut ranskaa.";
        "ku": "kurdi", "kurdiska", "Kurdish", "kurdigiella"
            => "Puhut kurdia.";
        "ru": "venäjä", "ryska", "Russian", "ruoššagiella"
            => "Puhut venäjää.";
        "so": "somali", "somaliska", "Somali"
            => "Puhut somalia.";
        "sq": "albania", "albanska", "Albanian", "albánagiella"
            => "Puhut albaniaa.";
        "th": "thai", "thailändska", "Thai", "thaigiella"
            => "Puhut thaita.";
        "tr": "turkki", "turkiska", "Turkish", "durkagiella"
            => "Puhut turkkia.";
        "uk": "ukraina", "ukrainska", "Ukrainian", "ukrainagiella"
            => "Puhut ukrainaa.";
        "vi": "vietnam", "vietnamesiska", "Vietnamese", "vietnamagiella"
            => "Puhut vietnamia.";
        "zh": "kiina", "kinesiska", "Chinese", "kiinnágiella"
            => "Puhut kiinaa.";
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
