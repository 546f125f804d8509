package io.millrace.app.features;

import io.millrace.app.terminal.CommandFailure;
import io.millrace.app.terminal.ExitCodes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Turns rows in a CSV file into Parquet, by DuckDB's JDBC driver, which is optional: 80 MB of native code that nothing else needs. */
public final class ParquetWriter {
    private static final String DRIVER = "org.duckdb.DuckDBDriver";

    private ParquetWriter() {}

    /** Checks that the driver is there, before a long pass. */
    public static void requireDriver() {
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "Parquet needs DuckDB's JDBC driver, which is not on the class path: build with -Pparquet, or write CSV "
                            + "by --out FILE.csv",
                    e);
        }
    }

    /**
     * Converts a file.
     *
     * @param csv rows with a heading.
     * @param parquet is written, or written over.
     */
    public static void convert(Path csv, Path parquet) {
        String copy = "COPY (SELECT * FROM read_csv('" + quoted(csv)
                + "', header = true, nullstr = '', sample_size = -1)) TO '" + quoted(parquet) + "' (FORMAT parquet)";
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(copy);
        } catch (SQLException e) {
            throw new CommandFailure(
                    ExitCodes.ENVIRONMENT,
                    "cannot write " + parquet + ": "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    private static String quoted(Path path) {
        return path.toAbsolutePath().toString().replace("'", "''");
    }
}
