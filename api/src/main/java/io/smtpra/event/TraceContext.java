package io.smtpra.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which trace of requests a mail belongs to: W3C Trace Context, level 1. It is handed on in two header fields of a
 * mail, {@code traceparent} and {@code tracestate}, as it is in those of HTTP, where an application asks for it:
 *
 * <pre>{@code
 * mailer.send(mail -> mail.to("b@example.com").header(TraceContext.PARENT, trace.traceparent()) …);
 * }</pre>
 *
 * @param traceId the trace, 32 hexadecimal digits in lower case, not all of them zero (section 3.2)
 * @param parentId the request in it that the mail comes from, 16 hexadecimal digits in lower case, not all zero
 * @param flags 0 to 255; bit 0 says that the trace may have been recorded
 * @param tracestate what tracing systems say of it (section 3.3), a list, its members separated by a comma
 *     and a blank, at most 512 characters; empty if nothing
 */
public record TraceContext(String traceId, String parentId, int flags, String tracestate) {

    /** The header field of {@link #traceparent()}. */
    public static final String PARENT = "traceparent";

    /** The header field of {@link #tracestate()}; not to be written where that is empty. */
    public static final String STATE = "tracestate";

    private static final int LONGEST_STATE = 512;
    private static final int MOST_MEMBERS = 32;
    private static final int SAMPLED = 1;
    private static final int LARGEST_FLAGS = 255;
    private static final int HEX = 16;
    private static final Pattern TRACE_ID = Pattern.compile("(?!0+$)[0-9a-f]{32}");
    private static final Pattern PARENT_ID = Pattern.compile("(?!0+$)[0-9a-f]{16}");
    /** A later version may have more behind the flags, which is left out (section 3.2, versioning). */
    private static final Pattern TRACEPARENT = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?", Pattern.DOTALL);
    private static final String KEY = "[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13}";
    private static final String NOT_BLANK = "\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e";
    private static final Pattern MEMBER =
            Pattern.compile("(" + KEY + ")=[ " + NOT_BLANK + "]{0,255}[" + NOT_BLANK + "]");

    /**
     * Refuses what is against the grammar.
     *
     * @throws IllegalArgumentException if a part is
     */
    public TraceContext {
        Objects.requireNonNull(tracestate, "tracestate");
        if (!TRACE_ID.matcher(traceId).matches() || !PARENT_ID.matcher(parentId).matches()
                || flags < 0 || flags > LARGEST_FLAGS || !tracestate.isEmpty() && state(tracestate).isEmpty()) {
            throw new IllegalArgumentException("This is no trace context");
        }
    }

    /**
     * Reads the header fields.
     *
     * @param traceparent the value of the first one
     * @param tracestates the values of all of the second kind, in their order
     * @return the context; absent if the first one is against the grammar, without a state if one of the others is
     */
    public static Optional<TraceContext> parse(String traceparent, List<String> tracestates) {
        Matcher matcher = TRACEPARENT.matcher(traceparent.strip());
        if (!matcher.matches()
                || matcher.group(1).equals("00") && matcher.group(5) != null
                || !TRACE_ID.matcher(matcher.group(2)).matches()
                || !PARENT_ID.matcher(matcher.group(3)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new TraceContext(matcher.group(2), matcher.group(3),
                Integer.parseInt(matcher.group(4), HEX), state(String.join(",", tracestates))));
    }

    /**
     * A trace that begins here.
     *
     * @return a context with ids of chance that may be recorded
     */
    public static TraceContext begin() {
        return new TraceContext(id() + id(), id(), SAMPLED, "");
    }

    /**
     * The next request of the same trace.
     *
     * @return the same with a parent id of chance
     */
    public TraceContext next() {
        return new TraceContext(traceId, id(), flags, tracestate);
    }

    /**
     * Whether whoever handed it on may have recorded the trace.
     *
     * @return true if so
     */
    public boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    /**
     * The value of the header field {@link #PARENT}.
     *
     * @return 55 characters, in the form of version 00
     */
    public String traceparent() {
        return "00-" + traceId + "-" + parentId + "-" + String.format("%02x", flags);
    }

    /**
     * The members of a list that are not empty, with a blank behind each comma, where a long header field is folded;
     * empty if it is against the grammar.
     */
    private static String state(String list) {
        List<String> members = Arrays.stream(list.split(",")).map(String::strip).filter(member -> !member.isEmpty())
                .toList();
        Set<String> keys = new HashSet<>();
        boolean good = members.size() <= MOST_MEMBERS && members.stream().allMatch(member -> {
            Matcher matcher = MEMBER.matcher(member);
            return matcher.matches() && keys.add(matcher.group(1));
        });
        String state = String.join(", ", members);
        return good && state.length() <= LONGEST_STATE ? state : "";
    }

    private static String id() {
        return String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
