package io.smtpra.web.answer;

import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with octets of a stranger: as a whole or a range of them, never as something that runs in a browser. */
public final class OctetResponse {

    private static final Logger LOG = LoggerFactory.getLogger(OctetResponse.class);
    private static final int BUFFER = 16 * 1024;
    private static final String HARMLESS = "sandbox; default-src 'none'";

    private final Request request;
    private final HttpHeaders headers;

    public OctetResponse(Request request, HttpHeaders headers) {
        this.request = request;
        this.headers = headers;
    }

    /**
     * The answer.
     *
     * @param source opens the octets
     * @param size how many these are
     * @param tag changes when they do
     */
    public ResponseBuilder of(Source source, long size, String tag) {
        EntityTag entityTag = new EntityTag(tag);
        ResponseBuilder unchanged = request.evaluatePreconditions(entityTag);
        if (unchanged != null) {
            return harmless(unchanged);
        }
        // RFC 9110 section 13.1.5: a range of what is no longer the same is no use
        Optional<String> condition = Optional.ofNullable(headers.getHeaderString("If-Range"));
        Optional<String> range = Optional.ofNullable(headers.getHeaderString("Range"))
                .filter(asked -> condition.filter(known -> !known.equals("\"" + tag + "\"")).isEmpty());
        ByteRange.Wanted wanted = ByteRange.parse(range, size);
        if (wanted instanceof ByteRange.Nothing) {
            return harmless(Response.fromResponse(
                    Problem.of(Status.REQUESTED_RANGE_NOT_SATISFIABLE, "There are " + size + " octets"))
                    .header("Content-Range", "bytes */" + size));
        }
        ByteRange part = wanted instanceof ByteRange.Some some ? some.range() : new ByteRange(0, size - 1);
        ResponseBuilder answer = Response.status(wanted instanceof ByteRange.Some ? Status.PARTIAL_CONTENT : Status.OK)
                .entity((StreamingOutput) target -> copy(source, part, target))
                .tag(entityTag)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_LENGTH, part.length());
        if (wanted instanceof ByteRange.Some) {
            answer.header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size);
        }
        return harmless(answer);
    }

    /** With what makes it harmless, should somebody open it as a document. */
    public static ResponseBuilder harmless(ResponseBuilder answer) {
        return answer.cacheControl(revalidated()).header("Content-Security-Policy", HARMLESS);
    }

    /** The browser may keep it, and asks whether it is still so. */
    public static CacheControl revalidated() {
        CacheControl control = new CacheControl();
        control.setPrivate(true);
        control.setNoCache(true);
        control.setNoTransform(true);
        return control;
    }

    /** As a file to be saved (RFC 6266), whatever its name is. */
    public static String attachment(String name) {
        StringBuilder plain = new StringBuilder();
        StringBuilder encoded = new StringBuilder();
        name.codePoints().forEach(c -> plain.append(c < 127 && c >= ' ' && "\"\\%;".indexOf(c) < 0 ? (char) c : '_'));
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c < 127 && (Character.isLetterOrDigit(c) || ".-_".indexOf(c) >= 0)) {
                encoded.append((char) c);
            } else {
                encoded.append(String.format("%%%02X", c));
            }
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static void copy(Source source, ByteRange part, OutputStream target) throws IOException {
        try (InputStream in = source.open()) {
            in.skipNBytes(part.first());
            byte[] buffer = new byte[BUFFER];
            long left = part.length();
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("The content ends " + left + " octets early");
                }
                try {
                    target.write(buffer, 0, read);
                } catch (IOException e) {
                    LOG.debug("The browser has gone", e);
                    return;
                }
                left -= read;
            }
        }
    }

    /** Where octets come from. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }
}
