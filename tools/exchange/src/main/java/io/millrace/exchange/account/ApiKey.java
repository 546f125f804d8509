package io.millrace.exchange.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A key that requests are signed with.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class ApiKey {
    /** How requests are signed. */
    public enum Type {
        /** HMAC-SHA256 with a shared secret. */
        HMAC,
        /** Ed25519; the only type that may log a WebSocket session on. */
        ED25519,
        /** RSA PKCS#1 v1.5 with SHA-256. */
        RSA
    }

    private final String key;
    private final int accountId;
    private final Type type;
    private final byte[] secret;
    private final PublicKey publicKey;
    private final boolean canTrade;

    private ApiKey(String key, int accountId, Type type, byte[] secret, PublicKey publicKey, boolean canTrade) {
        this.key = key;
        this.accountId = accountId;
        this.type = type;
        this.secret = secret;
        this.publicKey = publicKey;
        this.canTrade = canTrade;
    }

    static ApiKey hmac(String key, int accountId, String secret, boolean canTrade) {
        return new ApiKey(key, accountId, Type.HMAC, secret.getBytes(StandardCharsets.UTF_8), null, canTrade);
    }

    static ApiKey asymmetric(String key, int accountId, PublicKey publicKey, boolean canTrade) {
        Type type = publicKey.getAlgorithm().equals("RSA") ? Type.RSA : Type.ED25519;
        return new ApiKey(key, accountId, type, null, publicKey, canTrade);
    }

    /**
     * Reads a public key in PEM, as users register it with the venue.
     *
     * @param pem with or without its header and footer lines; X.509 SubjectPublicKeyInfo of an Ed25519 or RSA key.
     * @throws IllegalArgumentException if it is not one.
     */
    public static PublicKey parsePublicKey(String pem) {
        String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        byte[] der = Base64.getDecoder().decode(body);
        try {
            return decode("Ed25519", der);
        } catch (GeneralSecurityException notEd25519) {
            try {
                return decode("RSA", der);
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(
                        "public key of " + der.length
                                + " bytes is neither Ed25519 nor RSA in X.509 form, export it with: openssl pkey -pubout",
                        e);
            }
        }
    }

    private static PublicKey decode(String algorithm, byte[] der) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
    }

    /** Returns what requests carry in {@code X-MBX-APIKEY}. */
    public String key() {
        return key;
    }

    /** Returns the account it belongs to. */
    public int accountId() {
        return accountId;
    }

    /** Returns how requests are signed. */
    public Type type() {
        return type;
    }

    /** Returns the shared secret of an HMAC key, UTF-8. */
    public byte[] secret() {
        return secret.clone();
    }

    /** Returns the public key of the other types. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** Says whether it may trade and change settings; every key may read. */
    public boolean canTrade() {
        return canTrade;
    }
}
