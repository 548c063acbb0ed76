package io.smtpra.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Tells the page what happens, as it happens. */
@Path("events")
@RequestScoped
public class EventsResource {

    @Inject
    private Caller caller;

    @Inject
    private EventStreams streams;

    /** A stream that ends after a while, so that the browser begins another one and is asked who it is. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        streams.open(caller.access(), sink, sse);
    }
}
