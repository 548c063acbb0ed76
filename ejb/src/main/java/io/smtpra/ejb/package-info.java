/**
 * Ready-made beans on top of the resource adapter: inbound mail is stored, outbound mail is sent, and an address of the
 * administrator's choice answers automatically.
 *
 * <p>They are meant to be used, and to be read as the example of how an application uses the adapter.
 */
package io.smtpra.ejb;
