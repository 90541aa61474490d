//! The end of the demonstration: whoever has watched goes on by themselves.

use super::stage::Stage;
use crate::region;

/// Says where to look on, and as whom.
pub(super) fn welcome(stage: &Stage) {
    stage.scene("The server is running");
    stage.tell(&format!("Documentation   {}/docs", stage.url));
    stage.tell(&format!("The contract    {}/v1/openapi.json", stage.url));
    stage.tell("Sign in as any of these; the code is shown here, in the terminal:");
    for (email, who) in [
        ("tilaaja@lappi.example", "Tiina Tilaaja, orderer of a unit"),
        ("yhteys.mieli@lappi.example", "Mikko Välikäsi, liaison"),
        ("valittaja@kokemuspolku.example", "broker of an NGO"),
        ("kokemus01@posti.example", "Eino Hirvi, expert by experience; and so on to kokemus40"),
        ("koordinaattori@lappi.example", "Kaarina Kooste, area coordinator"),
        ("keskus@lappi.example", "Kerttu Keskus, competence centre"),
        ("yllapito@kokemusvayla.example", "Yrjö Ylläpitäjä, administrator"),
    ] {
        stage.tell(&format!("    {email:<32} {who}"));
    }
    stage.tell("Ask for a code, and exchange it for an access token:");
    let json = "-H 'content-type: application/json' -d";
    stage.tell(&format!(
        "    curl -s {}/v1/sign-in/codes {json} '{{\"email\":\"tilaaja@lappi.example\"}}'",
        stage.url
    ));
    stage.tell(&format!(
        "    curl -s {}/v1/sign-in/tokens {json} '{{\"email\":\"tilaaja@lappi.example\",\"code\":\"…\"}}'",
        stage.url
    ));
    stage.tell("The HR system signs in as a machine:");
    stage.tell(&format!(
        "    curl -s {}/v1/oauth/token -u {}:{} -d grant_type=client_credentials",
        stage.url,
        region::client("HR Lappi"),
        region::PAYROLL_SECRET
    ));
    stage.tell("Show the token with each request:");
    stage.tell(&format!("    curl -s {}/v1/orders -H 'authorization: Bearer …'", stage.url));
    stage.tell("Ctrl-C ends it.");
}
