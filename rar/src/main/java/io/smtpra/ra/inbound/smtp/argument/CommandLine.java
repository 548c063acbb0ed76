package io.smtpra.ra.inbound.smtp.argument;

import io.smtpra.ra.inbound.smtp.rules.Verb;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;

/**
 * A command line, taken apart: verb, one blank, argument without blanks around it (RFC 5321 section 4.1.1).
 */
public final class CommandLine implements Request {

    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1F\\x7F-\\x9F]");

    private final Optional<Verb> verb;
    private final String command;
    private final String word;
    private final String argument;
    private final int length;
    private final boolean wellFormed;

    private CommandLine(String name, String argument, int length, boolean wellFormed) {
        this.verb = Verb.named(name);
        this.command = verb.isPresent() ? verb.get().name() : unknown(name, wellFormed);
        this.word = name;
        this.argument = argument;
        this.length = length;
        this.wellFormed = wellFormed;
    }

    /** Takes a line apart, with or without its CRLF. */
    public static CommandLine parse(byte[] line) {
        int end = line.length;
        if (end > 0 && line[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        Optional<String> text = text(line, end);
        if (text.isEmpty()) {
            return new CommandLine(firstWord(line, end), "", end + 2, false);
        }
        String read = text.get().stripTrailing();
        int blank = read.indexOf(' ');
        String name = blank < 0 ? read : read.substring(0, blank);
        String argument = blank < 0 ? "" : read.substring(blank + 1).strip();
        return new CommandLine(name, argument, end + 2, true);
    }

    /** The verb, also of a line that is not well-formed, if it is one that we know. */
    public Optional<Verb> verb() {
        return verb;
    }

    /** Its first word, as the client wrote it. */
    public String word() {
        return word;
    }

    /** Its length in octets, CRLF included. */
    public int length() {
        return length;
    }

    /** Whether it is free of control characters and, but for the name in a hello, valid UTF-8. */
    public boolean isWellFormed() {
        return wellFormed;
    }

    @Override
    public String getArgument() {
        return argument;
    }

    /** The name of a verb, known or not, but nothing that could not be one: it goes into logs. */
    @Override
    public String getCommand() {
        return command;
    }

    private static String unknown(String word, boolean wellFormed) {
        return wellFormed && NAME.matcher(word).matches()
                ? word.toUpperCase(Locale.ROOT) : UnknownCommandHandler.COMMAND_IDENTIFIER;
    }

    private static String firstWord(byte[] line, int end) {
        int length = 0;
        while (length < end && (line[length] | 0x20) >= 'a' && (line[length] | 0x20) <= 'z') {
            length++;
        }
        return new String(line, 0, length, StandardCharsets.US_ASCII);
    }

    private static Optional<String> text(byte[] line, int end) {
        boolean ascii = true;
        boolean tab = false;
        for (int i = 0; i < end; i++) {
            if (line[i] >= 0 && line[i] < 32 && line[i] != '\t' || line[i] == 127) {
                return Optional.empty();
            }
            ascii &= line[i] >= 0;
            tab |= line[i] == '\t';
        }
        if (tab && !blankTabs(line, end)) {
            return Optional.empty();
        }
        return ascii ? Optional.of(new String(line, 0, end, StandardCharsets.US_ASCII)) : beyondAscii(line, end);
    }

    /**
     * Makes blanks of tabs, which are white space to RFC 5321 section 4.1.1: at the end, and behind the blank that
     * ends the verb. But within quotes they would be a part of the address, and a character that no address may have.
     */
    private static boolean blankTabs(byte[] line, int end) {
        int last = end;
        while (last > 0 && (line[last - 1] == ' ' || line[last - 1] == '\t')) {
            last--;
            line[last] = ' ';
        }
        boolean argument = false;
        boolean quoted = false;
        for (int i = 0; i < last; i++) {
            if (line[i] == '\t') {
                if (quoted || !argument) {
                    return false;
                }
                line[i] = ' ';
            } else if (line[i] == '"') {
                quoted = !quoted;
            } else if (line[i] == '\\' && quoted && i + 1 < last && line[i + 1] != '\t') {
                i++;
            }
            argument |= line[i] == ' ';
        }
        return true;
    }

    /** The name that a client gives itself may be in any charset; for all else it is UTF-8 (RFC 6531 section 3.1). */
    private static Optional<String> beyondAscii(byte[] line, int end) {
        String word = firstWord(line, end);
        boolean hello = word.equalsIgnoreCase(Verb.EHLO.name()) || word.equalsIgnoreCase(Verb.HELO.name());
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, end)).toString();
            boolean control = text.chars().anyMatch(Character::isISOControl);
            return hello ? Optional.of(withoutControls(text)) : Optional.of(text).filter(read -> !control);
        } catch (CharacterCodingException e) {
            return hello
                    ? Optional.of(withoutControls(new String(line, 0, end, StandardCharsets.ISO_8859_1)))
                    : Optional.empty();
        }
    }

    private static String withoutControls(String text) {
        return CONTROLS.matcher(text).replaceAll("?");
    }
}
