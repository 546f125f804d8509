package io.millrace.exchange.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.Shape;
import io.millrace.exchange.venue.VenueClock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One API key's requests over HTTP, signed by the venue's time. */
public final class SignedHttp {
    private final ForeignClient http;
    private final URI base;
    private final SignedClient client;
    private final VenueClock clock;

    public SignedHttp(ForeignClient http, URI base, SignedClient client, VenueClock clock) {
        this.http = http;
        this.base = base;
        this.client = client;
        this.clock = clock;
    }

    public HttpResponse<String> send(String method, String path, String... namesAndValues) {
        // A listen key is asked for with the key alone.
        boolean isSigned = !path.endsWith("listenKey");
        String query = isSigned ? "?" + client.signed(clock.epochNs() / 1_000_000, namesAndValues) : "";
        return http.send(HttpRequest.newBuilder(URI.create(base + path + query))
                .header(ApiRequest.API_KEY_HEADER, client.apiKey())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Returns the answer's body after checking that the request was served. */
    public JsonNode served(String method, String path, String... namesAndValues) {
        HttpResponse<String> answer = send(method, path, namesAndValues);
        assertEquals(200, answer.statusCode(), answer::body);
        return ForeignClient.parse(answer.body());
    }

    public JsonNode get(String path, String... namesAndValues) {
        return served("GET", path, namesAndValues);
    }

    public JsonNode post(String path, String... namesAndValues) {
        return served("POST", path, namesAndValues);
    }

    /** Checks that a request is refused with status 400 and a code. */
    public void refused(int code, String method, String path, String... namesAndValues) {
        HttpResponse<String> answer = send(method, path, namesAndValues);
        assertEquals(400, answer.statusCode(), answer::body);
        JsonNode body = ForeignClient.parse(answer.body());
        Shape.check(body, "code:integer msg:text");
        assertEquals(code, body.get("code").intValue(), answer::body);
    }
}
