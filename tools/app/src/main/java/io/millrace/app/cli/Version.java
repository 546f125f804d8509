package io.millrace.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built. */
final class Version implements IVersionProvider {
    /** Returns the version, 0.1.0 for example. */
    static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/io/millrace/app/build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"millrace " + text(), "JDK " + Runtime.version() + ", " + System.getProperty("java.vendor")
        };
    }
}
