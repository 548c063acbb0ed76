package io.smtpra.ra.tls.client;

/** Makes the engines of connections from one state of the material. */
interface ClientEngines {

    /**
     * An engine that has not begun its handshake.
     *
     * @param name the server's name or address, as it stands in certificates
     * @param port the server's port
     * @return the engine, to be released
     */
    ClientEngine newEngine(String name, int port);
}
