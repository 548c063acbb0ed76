package io.smtpra.ejb.hook;

import io.smtpra.NonBlocking;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.james.core.MaybeSender;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.apache.james.protocols.smtp.hook.MailHook;

/**
 * Refuses mail from senders on a list: mailboxes, as {@code spam@example.org}, and domains, as {@code @example.net}. An
 * example of a hook: named in the adapter's property {@code hooks}, its list set by {@code hookProperties}.
 */
public class RefuseSenders implements MailHook, NonBlocking {

    private static final HookResult REFUSED = HookResult.builder()
            .hookReturnCode(HookReturnCode.deny())
            .smtpReturnCode("550")
            .smtpDescription("5.7.1 No mail from you, please")
            .build();

    private Set<String> senders = Set.of();

    /**
     * Sets the list.
     *
     * @param senders mailboxes and domains, in any case
     */
    public void setSenders(Set<String> senders) {
        this.senders = senders.stream().map(sender -> sender.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public HookResult doMail(SMTPSession session, MaybeSender sender) {
        return sender.asOptional().filter(this::isListed).isPresent() ? REFUSED : HookResult.DECLINED;
    }

    private boolean isListed(MailAddress sender) {
        String address = sender.asString().toLowerCase(Locale.ROOT);
        return senders.contains(address) || senders.contains(address.substring(address.lastIndexOf('@')));
    }
}
