package io.smtpra.web;

import io.smtpra.ejb.mailbox.MailStore;
import io.smtpra.ejb.store.MailFilter;
import io.smtpra.ejb.store.MailQueries;
import io.smtpra.ejb.store.SenderProof;
import io.smtpra.web.answer.MailJson;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** The list of mails. */
@Path("mails")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MailsResource {

    @Inject
    private Caller caller;

    @EJB
    private MailStore store;

    /** Some mails, the newest first. */
    @GET
    public String list(
            @QueryParam("q") @DefaultValue("") String search,
            @QueryParam("to") @DefaultValue("") String to,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("unread") @DefaultValue("false") String unread,
            @QueryParam("sender") @DefaultValue("") String sender,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        if (!limit.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("limit is a number from 1 to 200, not '" + limit + "'");
        }
        MailQueries.requirePage(after, Integer.parseInt(limit));
        Optional<SenderProof> proof = SenderProof.named(sender);
        if (proof.isEmpty() && !sender.isEmpty()) {
            throw new IllegalArgumentException("sender is proven, unproven or doubtful, not '" + sender + "'");
        }
        MailFilter filter = new MailFilter(search, to, from, unread.equals("true"), proof);
        return MailJson.page(store.page(caller.access(), filter, after, Integer.parseInt(limit))).toString();
    }
}
