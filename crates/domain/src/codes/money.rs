//! Codes of fees and expenses.

super::sets! {
    /// On what ground an expert takes part (S2-15): a waived fee can still have expenses.
    FEE_BASES = "fee_bases" ("Palkkion peruste", "Grund för arvode", "Fee basis") {
        "paid": "Palkkio ja kulut", "Arvode och kostnader", "Fee and expenses"
            => "Saat tehtävästä rahaa. Saat myös rahaa matkoihin ja muihin kuluihin.";
        "expenses_only": "Vain kulut", "Endast kostnader", "Expenses only"
            => "Et saa palkkiota. Saat rahaa matkoihin ja muihin kuluihin.";
        "volunteer": "Vapaaehtoinen, ei palkkiota", "Frivillig, inget arvode", "Volunteer, no fee"
            => "Teet tehtävän vapaaehtoisena. Et halua tai et saa palkkiota.";
    }

    /// What a fee is counted by (`facts.md` B.1, S4-26).
    FEE_UNITS = "fee_units" ("Palkkion yksikkö", "Arvodesenhet", "Fee unit") {
        "hour": "Tunti", "Timme", "Hour"
            => "Palkkio maksetaan jokaisesta tunnista.";
        "started_half_hour": "Alkava puolituntinen", "Påbörjad halvtimme", "Started half-hour"
            => "Palkkio maksetaan jokaisesta alkaneesta puolesta tunnista.";
        "half_day": "Puoli päivää", "Halv dag", "Half-day"
            => "Palkkio maksetaan puolesta päivästä.";
        "day": "Päivä", "Dag", "Day"
            => "Palkkio maksetaan koko päivästä.";
        "occasion": "Kerta", "Tillfälle", "Occasion"
            => "Palkkio maksetaan yhdestä kerrasta. Kerran pituus ei muuta palkkiota.";
        "package": "Kokonaisuus", "Helhet", "Package"
            => "Koko tehtävästä maksetaan yksi sovittu summa.";
    }

    /// What an expense was for (S4-27, `facts.md` B.2, B.7 and J).
    EXPENSE_KINDS = "expense_kinds" ("Kulun laji", "Slag av kostnad", "Kind of expense") {
        "kilometres": "Kilometrikorvaus", "Kilometerersättning", "Kilometre allowance"
            => "Ajat tehtävään omalla autolla tai muulla ajoneuvolla. Saat rahaa ajetuista kilometreistä.";
        "public_transport": "Joukkoliikenne tai taksi", "Kollektivtrafik eller taxi", "Public transport or taxi"
            => "Matkustat bussilla, junalla tai taksilla. Säilytä lippu tai kuitti.";
        "per_diem": "Päiväraha", "Dagtraktamente", "Per diem"
            => "Matka kestää pitkään ja on kaukana kotoa. Päiväraha korvaa ruoan ja muut menot.";
        "meal": "Ateriakorvaus", "Måltidsersättning", "Meal allowance"
            => "Saat rahaa ruokaan, kun et saa päivärahaa.";
        "night": "Yömatkaraha", "Nattresepenning", "Night allowance"
            => "Matkustat yöllä, eikä majoituksesta tule laskua.";
        "lodging": "Majoitus", "Logi", "Lodging"
            => "Yövyt hotellissa tai muualla tehtävän vuoksi. Säilytä kuitti.";
        "assistant": "Avustaja", "Assistent", "Assistant"
            => "Tarvitset avustajan tehtävän ajaksi. Avustajan kulut korvataan.";
        "interpreter": "Tulkkaus", "Tolkning", "Interpreter"
            => "Tarvitset tulkin tehtävän ajaksi. Tulkin kulut korvataan.";
        "replacement_care": "Sijaishoito", "Ersättande vård", "Replacement care"
            => "Hoidat läheistäsi. Joku muu hoitaa häntä tehtävän ajan, ja kulut korvataan.";
        "other": "Muu kulu", "Annan kostnad", "Other expense"
            => "Muu kulu, josta on sovittu etukäteen. Säilytä kuitti.";
    }

    /// The vehicles that kilometre allowances know (`facts.md` B.2).
    VEHICLES = "vehicles" ("Kulkuneuvo", "Fordon", "Vehicle") {
        "car": "Auto", "Bil", "Car"
            => "Ajat omalla autolla.";
        "motorcycle": "Moottoripyörä", "Motorcykel", "Motorcycle"
            => "Ajat omalla moottoripyörällä.";
        "moped": "Mopo", "Moped", "Moped"
            => "Ajat omalla mopolla.";
        "other": "Muu kulkuneuvo", "Annat fordon", "Other vehicle"
            => "Ajat muulla omalla kulkuneuvolla.";
    }
}
