package io.millrace.exchange.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;

/** Signatures over a request's payload. */
public final class Signatures {
    static final String HMAC_ALGORITHM = "HmacSHA256";
    private static final String RSA_ALGORITHM = "SHA256withRSA";
    private static final String ED25519_ALGORITHM = "Ed25519";

    private Signatures() {}

    /**
     * Says whether a signature is the key's over the payload.
     *
     * @param key claimed to have signed.
     * @param payload exactly as it was signed.
     * @param signature hexadecimal in any case for HMAC, base 64 otherwise, already percent-decoded.
     */
    public static boolean isValid(ApiKey key, String payload, String signature) {
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        try {
            if (key.type() == KeyType.HMAC) {
                byte[] claimed = HexFormat.of().parseHex(signature.toLowerCase(Locale.ROOT));
                return MessageDigest.isEqual(hmac(key.verifier(), data), claimed);
            }
            Signature verifier = Signature.getInstance(key.type() == KeyType.RSA ? RSA_ALGORITHM : ED25519_ALGORITHM);
            verifier.initVerify((PublicKey) key.verifier());
            verifier.update(data);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Not even the form of a signature.
            return false;
        }
    }

    /**
     * Signs as a client does.
     *
     * @param type of the key.
     * @param key the shared secret for HMAC, otherwise the private key.
     * @param payload to sign.
     * @return hexadecimal for HMAC, base 64 otherwise; not percent-encoded.
     */
    public static String sign(KeyType type, java.security.Key key, String payload) {
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        try {
            if (type == KeyType.HMAC) {
                return HexFormat.of().formatHex(hmac(key, data));
            }
            Signature signer = Signature.getInstance(type == KeyType.RSA ? RSA_ALGORITHM : ED25519_ALGORITHM);
            signer.initSign((PrivateKey) key);
            signer.update(data);
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is not one of " + type + ", give one that is", e);
        }
    }

    /**
     * Reads a public key.
     *
     * @param type RSA or Ed25519.
     * @param pem X.509 in PEM or plain base 64.
     */
    public static PublicKey publicKey(KeyType type, String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance(type == KeyType.RSA ? "RSA" : ED25519_ALGORITHM)
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a public key of " + type + " in PEM (X.509, base 64): " + abbreviated(base64), e);
        }
    }

    private static String abbreviated(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    private static byte[] hmac(java.security.Key key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC_ALGORITHM);
        mac.init(key);
        return mac.doFinal(data);
    }
}
