package io.smtpra.ra.tls.material;

import io.smtpra.ra.tls.TlsConfigurationException;
import io.smtpra.ra.tls.TlsProperty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of key or trust material whole, and says why if it can't. */
final class MaterialFile {

    private static final int MAX_OCTETS = 4 << 20;

    private MaterialFile() {
    }

    static byte[] read(Path file, TlsProperty property) throws TlsConfigurationException {
        if (Files.isDirectory(file)) {
            throw new TlsConfigurationException(property, file.toString(), "this is a directory, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new TlsConfigurationException(property, file.toString(),
                        "the file is larger than " + (MAX_OCTETS >> 20) + " MiB");
            }
            return octets;
        } catch (NoSuchFileException e) {
            throw new TlsConfigurationException(property, file.toString(), "the file does not exist", e);
        } catch (AccessDeniedException e) {
            throw new TlsConfigurationException(property, file.toString(),
                    "the server's user " + System.getProperty("user.name") + " may not read the file", e);
        } catch (IOException e) {
            throw new TlsConfigurationException(property, file.toString(),
                    "the file can't be read: " + e.getMessage(), e);
        }
    }
}
