// The chain of chain.ts, as an application in Kotlin would have it: the generated classes, over the client of the JDK.
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.util.UUID
import kokemusvayla.infrastructure.Serializer
import kokemusvayla.models.BankCriteria
import kokemusvayla.models.BankSearchForm
import kokemusvayla.models.BankSearchView
import kokemusvayla.models.NewOrder
import kokemusvayla.models.OrderCancellation
import kokemusvayla.models.OrderPage
import kokemusvayla.models.OrderState
import kokemusvayla.models.OrderView
import kokemusvayla.models.Problem
import kokemusvayla.models.SearchCriteria
import kotlinx.serialization.encodeToString

val http: HttpClient = HttpClient.newHttpClient()
val json = run {
    // What is not said stays unsaid: null would mean that it is to be cleared.
    Serializer.kotlinxSerializationJsonConfiguration = { explicitNulls = false }
    Serializer.kotlinxSerializationJson
}

class Caller(private val token: String) {
    fun get(path: String): HttpResponse<String> = send(request(path).GET())

    inline fun <reified T> post(path: String, body: T): HttpResponse<String> = postText(path, json.encodeToString(body))

    fun post(path: String): HttpResponse<String> = send(request(path).POST(HttpRequest.BodyPublishers.noBody()))

    fun postText(path: String, body: String): HttpResponse<String> =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body))
        )

    private fun request(path: String): HttpRequest.Builder =
        HttpRequest.newBuilder(URI.create(System.getenv("KOKEMUSVAYLA_URL") + path)).header("Authorization", "Bearer $token")

    private fun send(request: HttpRequest.Builder): HttpResponse<String> = http.send(request.build(), HttpResponse.BodyHandlers.ofString())
}

inline fun <reified T> HttpResponse<String>.read(status: Int): T {
    check(statusCode() == status) { body() }
    return json.decodeFromString<T>(body())
}

fun HttpResponse<String>.order(state: OrderState.Name, status: Int = 200): OrderView =
    read<OrderView>(status).also { check(it.state.name == state) { body() } }

fun main() {
    val orderer = Caller(System.getenv("ORDERER"))
    val liaison = Caller(System.getenv("LIAISON"))

    val earlier = orderer.get("/v1/orders?limit=1").read<OrderPage>(200).items.first()
    val made = orderer.post("/v1/orders", NewOrder(nodeId = earlier.nodeId, form = earlier.form)).order(OrderState.Name.DRAFT, 201)
    val path = "/v1/orders/${made.id}"
    orderer.post("$path/submit").order(OrderState.Name.SUBMITTED)
    check(orderer.post("$path/submit").read<Problem>(409).code == "out_of_turn")
    liaison.post("$path/take").order(OrderState.Name.BROKERING)

    val criteria = BankCriteria(required = SearchCriteria(taskTypes = listOf("lecture")))
    check(liaison.post("/v1/bank/searches", BankSearchForm(made.id, criteria)).read<BankSearchView>(201).found > 0)

    orderer.post("$path/cancel", OrderCancellation("Tilaisuus peruuntui.")).order(OrderState.Name.CANCELLED)
    println("OpenAPI Generator: order, submit, take, search, cancel")
}
