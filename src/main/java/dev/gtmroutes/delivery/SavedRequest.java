// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** A request whose records the program saves by itself, and that is answered as an HTTP API would answer it. */
public final class SavedRequest {

    private static final int OK = 200;

    /** What is to be saved of a request. */
    @FunctionalInterface
    public interface Preparation {

        /** @throws IOException if that cannot be found out; nothing is saved then */
        Save of(ApiRequest request) throws IOException;
    }

    /** One try to save it. */
    @FunctionalInterface
    public interface Save {

        /**
         * Returns when it is on the disk.
         *
         * @return             false if the flow was stopped before
         * @throws IOException if it cannot be saved now
         */
        boolean run() throws IOException, InterruptedException;
    }

    private SavedRequest() {
    }

    /**
     * Saves the records of the request that the message is, and makes the message the answer. While they cannot be saved,
     * the destination waits and says why.
     *
     * @param problem what a person is told then, such as "records cannot be saved for a bulk job"
     */
    public static void answer(Exchange exchange, String problem, Preparation preparation) throws InterruptedException {
        ApiRequest request = exchange.getMessage().getBody(ApiRequest.class);
        ApiAnswer answer;
        try {
            request.leaving().note();
            answer = save(exchange, problem, preparation.of(request));
        } catch (IOException e) {
            answer = unsaved(Exceptions.text(e));
        }
        Message message = new DefaultMessage(exchange.getContext());
        message.setBody(answer);
        exchange.setMessage(message);
    }

    private static ApiAnswer save(Exchange exchange, String problem, Save save) throws InterruptedException {
        while (true) {
            try {
                if (!save.run()) {
                    return unsaved("the flow was stopped");
                }
                RequestSender.diskWorked(exchange);
                return ApiAnswer.status(OK).build();
            } catch (IOException e) {
                String why = problem + ": " + Exceptions.text(e);
                if (!RequestSender.awaitDisk(exchange, why)) {
                    return unsaved(why);
                }
            }
        }
    }

    private static ApiAnswer unsaved(String why) {
        return ApiAnswer.failed(new IOException(why)).maybeSent(false).problem(why).build();
    }
}
