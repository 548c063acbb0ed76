package io.smtpra.authenticity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the archive does when it is run: {@code java -jar smtp-ra-api.jar dkim-record example.com s1 key.pem}. */
final class DkimRecordCommand {

    private static final String USAGE = """
            Usage: java -jar smtp-ra-api.jar dkim-record DOMAIN SELECTOR KEYFILE
            Prints the DNS record that publishes a key for DKIM. KEYFILE is a PEM file with the private or the public key.
            """;

    private DkimRecordCommand() {}

    /** Ends the JVM with 0, or with 1 where it fails, or 2 where it is told something else. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length != 4 || !arguments[0].equals("dkim-record")) {
            err.print(USAGE);
            return 2;
        }
        try {
            DkimRecord record = DkimRecord.of(arguments[1], arguments[2], Path.of(arguments[3]));
            out.println("; for a zone file");
            out.println(record.zoneLine());
            out.println("; for a form: type TXT, name " + record.name() + ", value");
            out.println(record.text());
            return 0;
        } catch (NoSuchFileException e) {
            err.println("There is no file " + e.getMessage());
        } catch (IOException e) {
            err.println("The file cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return 1;
    }
}
