package io.millrace.exchange.api;

import io.millrace.exchange.account.KeyType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests as any client does. */
public final class SignedClient {
    private final String apiKey;
    private final KeyType type;
    private final Key signer;

    public SignedClient(String apiKey, KeyType type, Key signer) {
        this.apiKey = apiKey;
        this.type = type;
        this.signer = signer;
    }

    public static SignedClient hmac(String apiKey, String secret) {
        return new SignedClient(
                apiKey, KeyType.HMAC, new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    public String apiKey() {
        return apiKey;
    }

    public Map<String, String> headers() {
        return Map.of(ApiRequest.API_KEY_HEADER, apiKey);
    }

    /** Returns a query of names and values, with timestamp and signature. */
    public String signed(long timestampMs, String... namesAndValues) {
        Map<String, String> parameters = pairs(namesAndValues);
        parameters.putIfAbsent("timestamp", String.valueOf(timestampMs));
        String payload = encoded(parameters);
        return payload + "&signature=" + encode(sign(payload));
    }

    /** Returns the {@code params} of a WebSocket API request in JSON: with key, timestamp, and signature over all, sorted. */
    public String signedParams(long timestampMs, String... namesAndValues) {
        Map<String, String> parameters = new TreeMap<>(pairs(namesAndValues));
        parameters.put("apiKey", apiKey);
        parameters.put("timestamp", String.valueOf(timestampMs));
        StringJoiner payload = new StringJoiner("&");
        parameters.forEach((name, value) -> payload.add(name + "=" + value));
        parameters.put("signature", sign(payload.toString()));
        return json(parameters);
    }

    /** Returns an object whose whole numbers are numbers, everything else texts. */
    private static String json(Map<String, String> parameters) {
        StringJoiner object = new StringJoiner(",", "{", "}");
        parameters.forEach((name, value) ->
                object.add('"' + name + "\":" + (value.matches("[0-9]+") ? value : '"' + value + '"')));
        return object.toString();
    }

    public String sign(String payload) {
        return Signatures.sign(type, signer, payload);
    }

    public static Map<String, String> pairs(String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return parameters;
    }

    public static String encoded(Map<String, String> parameters) {
        StringJoiner query = new StringJoiner("&");
        parameters.forEach((name, value) -> query.add(name + "=" + encode(value)));
        return query.toString();
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
