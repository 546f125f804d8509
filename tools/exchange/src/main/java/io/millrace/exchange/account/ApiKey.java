package io.millrace.exchange.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * An API key of an account.
 *
 * @param key what the client names it by.
 * @param accountId whose it is.
 * @param type how its requests are signed.
 * @param verifier a {@link SecretKey} for HMAC, otherwise the {@link PublicKey}.
 * @param isReadAllowed whether it may ask for the account's data.
 * @param isTradeAllowed whether it may change anything.
 * @param addresses from which it may be used; empty for any.
 */
public record ApiKey(
        String key,
        int accountId,
        KeyType type,
        java.security.Key verifier,
        boolean isReadAllowed,
        boolean isTradeAllowed,
        Set<String> addresses) {

    /** Checks that type and verifier fit together. */
    public ApiKey {
        Objects.requireNonNull(key, "key");
        boolean isSecret = verifier instanceof SecretKey;
        if (isSecret != (type == KeyType.HMAC) || (!isSecret && !(verifier instanceof PublicKey))) {
            throw new IllegalArgumentException("API key " + key + " of type " + type + " has a verifier of "
                    + (verifier == null ? null : verifier.getAlgorithm())
                    + ", give HMAC a secret and the others a public key");
        }
        addresses = Set.copyOf(addresses);
    }

    /**
     * Returns a key with a shared secret that may read and trade from anywhere.
     *
     * @param key what the client names it by.
     * @param accountId whose it is.
     * @param secret shared with the client.
     */
    public static ApiKey hmac(String key, int accountId, String secret) {
        SecretKey verifier = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        return new ApiKey(key, accountId, KeyType.HMAC, verifier, true, true, Set.of());
    }

    /**
     * Returns a key with a public key, RSA or Ed25519, that may read and trade from anywhere.
     *
     * @param key what the client names it by.
     * @param accountId whose it is.
     * @param publicKey the client has the private one.
     */
    public static ApiKey asymmetric(String key, int accountId, PublicKey publicKey) {
        KeyType type = publicKey.getAlgorithm().equals("RSA") ? KeyType.RSA : KeyType.ED25519;
        return new ApiKey(key, accountId, type, publicKey, true, true, Set.of());
    }

    /** Returns the key with other permissions. */
    public ApiKey withPermissions(boolean mayRead, boolean mayTrade) {
        return new ApiKey(key, accountId, type, verifier, mayRead, mayTrade, addresses);
    }

    /** Returns the key restricted to some addresses. */
    public ApiKey withAddresses(Set<String> newAddresses) {
        return new ApiKey(key, accountId, type, verifier, isReadAllowed, isTradeAllowed, newAddresses);
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
}
