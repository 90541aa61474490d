//! Codes of experience themes (*kokemusteema*).
//!
//! That a person has one is health data or reveals it (`process.md`, invariant 3); the list of what there is, is not.
//! Themes are broad on purpose: nobody is asked for a diagnosis (`facts.md` F and H).

super::sets! {
    /// What the experience is of (S4-07; the broad groups of S4 line 40, S0, S2 and `facts.md` F and L).
    EXPERIENCE_THEMES = "experience_themes" ("Kokemusteema", "Erfarenhetstema", "Experience theme") {
        "long_term_illness": "Pitkäaikaissairaus", "Långvarig sjukdom", "Long-term illness"
            => "Sairaus, joka kestää pitkään tai koko elämän.";
        "injury": "Vammautuminen", "Skada som leder till funktionsnedsättning", "Acquired injury"
            => "Onnettomuus tai sairaus, josta jäi vamma.";
        "disability": "Vammaisuus", "Funktionsnedsättning", "Disability"
            => "Elämä vamman kanssa.";
        "intellectual_disability": "Kehitysvamma", "Intellektuell funktionsnedsättning", "Intellectual disability"
            => "Elämä kehitysvamman kanssa.";
        "sensory_disability": "Näkö- tai kuulovamma", "Syn- eller hörselnedsättning", "Visual or hearing impairment"
            => "Elämä, kun näkee tai kuulee huonosti tai ei lainkaan.";
        "neurodiversity": "Neurokirjo", "Neurodiversitet", "Neurodiversity"
            => "Aivot toimivat eri tavalla kuin monilla muilla.";
        "mental_health": "Mielenterveys", "Psykisk hälsa", "Mental health"
            => "Mielen sairaus tai vaikea aika oman mielen kanssa.";
        "eating_disorder": "Syömisen ongelmat", "Ätstörningar", "Eating disorders"
            => "Syöminen on vaikeaa, tai siitä tulee liian tärkeää.";
        "substance_use": "Päihteet", "Rusmedel", "Substance use"
            => "Ongelma alkoholin, huumeiden tai lääkkeiden kanssa.";
        "gambling": "Rahapelaaminen ja muut riippuvuudet", "Spelande och andra beroenden", "Gambling and other addictions"
            => "Pelaamista tai muuta asiaa on vaikea lopettaa.";
        "memory_illness": "Muistisairaus", "Minnessjukdom", "Memory illness"
            => "Sairaus, joka heikentää muistia.";
        "cancer": "Syöpä", "Cancer", "Cancer"
            => "Elämä syövän kanssa tai syövän jälkeen.";
        "chronic_pain": "Pitkäaikainen kipu", "Långvarig smärta", "Chronic pain"
            => "Kipu, joka kestää pitkään.";
        "homelessness": "Asunnottomuus", "Hemlöshet", "Homelessness"
            => "Elämä ilman omaa kotia.";
        "debt": "Talousvaikeudet ja velka", "Ekonomiska svårigheter och skulder", "Money problems and debt"
            => "Rahat eivät riitä, tai velkaa on liikaa.";
        "unemployment": "Työttömyys", "Arbetslöshet", "Unemployment"
            => "Elämä ilman työtä.";
        "loneliness": "Yksinäisyys", "Ensamhet", "Loneliness"
            => "Ei ole ystäviä tai muita ihmisiä lähellä.";
        "violence": "Väkivalta", "Våld", "Violence"
            => "Joku on satuttanut sinua tai pelotellut sinua.";
        "crime": "Rikos ja rangaistus", "Brott och straff", "Crime and punishment"
            => "Vankila tai muu rangaistus.";
        "grief": "Suru ja menetys", "Sorg och förlust", "Grief and loss"
            => "Läheinen ihminen on kuollut, tai olet menettänyt jotain tärkeää.";
        "suicide": "Itsetuhoisuus ja itsemurha", "Självdestruktivitet och självmord", "Self-harm and suicide"
            => "Oma tai läheisen itsemurhayritys, tai läheisen itsemurha.";
        "family_caregiving": "Omaishoito", "Närståendevård", "Family caregiving"
            => "Hoidat läheistäsi kotona.";
        "child_protection": "Lastensuojelu", "Barnskydd", "Child protection"
            => "Lastensuojelu on ollut mukana elämässäsi lapsena tai vanhempana.";
        "parenting": "Vanhemmuus vaikeassa tilanteessa", "Föräldraskap i en svår situation", "Parenting in a difficult situation"
            => "Olet äiti tai isä, ja perheellä on ollut vaikeaa.";
        "bullying": "Kiusaaminen ja syrjintä", "Mobbning och diskriminering", "Bullying and discrimination"
            => "Sinua on kohdeltu huonosti tai jätetty ulkopuolelle.";
        "immigration": "Maahanmuutto", "Invandring", "Immigration"
            => "Olet muuttanut Suomeen toisesta maasta.";
        "minority": "Vähemmistöön kuuluminen", "Att höra till en minoritet", "Belonging to a minority"
            => "Kuulut pieneen ryhmään, esimerkiksi kielen tai kulttuurin vuoksi.";
        "gender_sexuality": "Sukupuoli ja seksuaalisuus", "Kön och sexualitet", "Gender and sexuality"
            => "Kokemuksia omasta sukupuolesta tai siitä, ketä rakastaa.";
        "rehabilitation": "Kuntoutuminen ja toipuminen", "Rehabilitering och återhämtning", "Rehabilitation and recovery"
            => "Olet saanut apua ja voit paremmin kuin ennen.";
        "older_age": "Ikääntyminen", "Åldrande", "Older age"
            => "Elämä, kun tulee vanhaksi.";
        "crisis": "Kriisi tai vaikea elämäntilanne", "Kris eller svår livssituation", "Crisis or difficult life situation"
            => "Elämässäsi on tapahtunut jotain hyvin vaikeaa.";
        "service_use": "Palvelujen käyttö", "Användning av tjänster", "Use of services"
            => "Olet käyttänyt palveluja ja tiedät, miten ne toimivat.";
    }
}
