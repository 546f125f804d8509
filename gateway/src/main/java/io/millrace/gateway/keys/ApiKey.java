package io.millrace.gateway.keys;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An API key that can sign: with a shared secret (HMAC SHA-256) or with an Ed25519 private key, which alone can log on to the
 * WebSocket API.
 *
 * <p><b>Thread:</b> confined to one thread.
 */
public final class ApiKey {
    private static final String HMAC = "HmacSHA256";
    private static final String ED25519 = "Ed25519";
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    private final String name;
    private final Mac mac;
    private final Signature signature;

    private ApiKey(String name, Mac mac, Signature signature) {
        this.name = name;
        this.mac = mac;
        this.signature = signature;
    }

    /**
     * Makes a key.
     *
     * @param name what requests carry; the venue calls it the API key.
     * @param secret the shared secret, or an Ed25519 private key in PEM form (PKCS#8).
     * @return the key.
     * @throws IllegalArgumentException if one of them cannot be used; the message does not repeat them.
     */
    public static ApiKey of(String name, String secret) {
        if (name == null || !name.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new IllegalArgumentException(
                    "the API key is missing or has characters that no key has: copy it as the venue shows it");
        }
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException(
                    "the secret of the API key is missing: give its shared secret, or its private key in PEM form");
        }
        try {
            return secret.contains(PEM_BEGIN)
                    ? new ApiKey(name, null, signer(secret))
                    : new ApiKey(name, mac(secret.trim()), null);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not with its cause: that may repeat what it could not read.
            throw new IllegalArgumentException(
                    "the private key of the API key cannot be used: give an Ed25519 key in PEM form (PKCS#8),"
                            + " as 'openssl genpkey -algorithm ed25519' writes it");
        }
    }

    private static Mac mac(String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
        return mac;
    }

    private static Signature signer(String pem) throws GeneralSecurityException {
        int end = pem.indexOf(PEM_END);
        if (end < 0) {
            throw new IllegalArgumentException("no end");
        }
        String base64 = pem.substring(pem.indexOf(PEM_BEGIN) + PEM_BEGIN.length(), end);
        byte[] encoded = Base64.getMimeDecoder().decode(base64);
        PrivateKey key = KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        Signature signature = Signature.getInstance(ED25519);
        signature.initSign(key);
        return signature;
    }

    /** Returns what requests carry. Not for logs. */
    public String name() {
        return name;
    }

    /** Returns whether it can log on to the WebSocket API. */
    public boolean canLogOn() {
        return signature != null;
    }

    /**
     * Signs.
     *
     * @param payload exactly as it is sent.
     * @return hexadecimal for a shared secret, base 64 for Ed25519; not percent-encoded.
     */
    public String sign(String payload) {
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        if (mac != null) {
            return HexFormat.of().formatHex(mac.doFinal(data));
        }
        try {
            signature.update(data);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 does not sign on this JDK", e);
        }
    }

    /**
     * Signs a query string.
     *
     * @param query percent-encoded, with its timestamp.
     * @return the query with the signature at its end.
     */
    public String signed(String query) {
        return query + "&signature=" + URLEncoder.encode(sign(query), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return mac == null ? "ApiKey[Ed25519]" : "ApiKey[HMAC]";
    }
}
