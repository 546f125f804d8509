package io.millrace.exchange.api;

import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.account.KeyType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;

/** Signatures over a request's payload. */
public final class Signatures {
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

    private static byte[] hmac(java.security.Key key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(key.getAlgorithm());
        mac.init(key);
        return mac.doFinal(data);
    }
}
