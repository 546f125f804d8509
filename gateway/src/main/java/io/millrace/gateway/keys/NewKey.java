package io.millrace.gateway.keys;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * An Ed25519 key pair that nobody had before, for an account on an exchange that this process starts itself.
 *
 * <p><b>Thread:</b> any.
 */
public final class NewKey {
    private static final int LINE = 64;

    private final KeyPair pair;

    private NewKey(KeyPair pair) {
        this.pair = pair;
    }

    /** Makes one. */
    public static NewKey ed25519() {
        try {
            return new NewKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /** Returns the private key as a PEM text (PKCS#8), as {@link ApiKey#of} takes it. */
    public String privatePem() {
        return pem("PRIVATE KEY", pair.getPrivate());
    }

    /** Returns the public key as a PEM text, as a venue takes it. */
    public String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic());
    }

    private static String pem(String kind, Key key) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + kind + "-----\n" + encoder.encodeToString(key.getEncoded()) + "\n-----END " + kind
                + "-----\n";
    }
}
