package io.smtpra.report;

import io.smtpra.Mailbox;
import io.smtpra.Reply;
import java.util.List;
import java.util.function.Function;

/** What a person reads of a notification. */
final class NotificationText {

    private NotificationText() {}

    static String subject(List<RecipientFate> told) {
        if (has(told, Action.FAILED)) {
            return "Undelivered mail returned to sender";
        }
        return has(told, Action.DELAYED) ? "Delayed mail, still being tried" : "Mail delivered";
    }

    static String of(String server, List<RecipientFate> told, boolean whole, Function<Mailbox, String> address) {
        StringBuilder text = new StringBuilder("This is the mail system at " + server + ".\r\n");
        section(text, told, Action.FAILED, "Your mail could not be delivered to:", address);
        section(text, told, Action.DELAYED, "Your mail could not be delivered yet; you need not send it again. It is"
                + " tried further for:", address);
        section(text, told, Action.DELIVERED, "Your mail was delivered to:", address);
        section(text, told, Action.RELAYED,
                "Your mail went on to a server that does not tell whether it is delivered, for:",
                address);
        return text.append(whole ? "\r\nYour mail is attached.\r\n" : "\r\nThe header of your mail is attached.\r\n")
                .toString();
    }

    private static void section(StringBuilder text, List<RecipientFate> told, Action action, String heading,
            Function<Mailbox, String> address) {
        if (!has(told, action)) {
            return;
        }
        text.append("\r\n").append(heading).append("\r\n\r\n");
        told.stream().filter(fate -> fate.action() == action).forEach(fate -> text
                .append("  ").append(address.apply(fate.recipient().mailbox())).append("\r\n")
                .append(fate.nextHop().map(host -> "    " + FieldText.of("Server", host, true) + "\r\n").orElse(""))
                .append(fate.reply().map(Reply::toString)
                        .map(said -> "    " + FieldText.of("Said", said, true).replace("\r\n", "\r\n    ") + "\r\n")
                        .orElse("")));
    }

    private static boolean has(List<RecipientFate> told, Action action) {
        return told.stream().anyMatch(fate -> fate.action() == action);
    }
}
