// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.List;
import java.util.Optional;

import dev.gtmroutes.access.Role;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RecentRequests;
import dev.gtmroutes.delivery.status.RequestDetails;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

/** The requests that the program remembers. What is in them is not masked yet. */
@Singleton
public class RequestLog {

    private final CamelContext camel;
    private final FlowStatuses flows;
    private final SecurityIdentity person;

    RequestLog(CamelContext camel, FlowStatuses flows, SecurityIdentity person) {
        this.person = person;
        this.camel = camel;
        this.flows = flows;
    }

    /**
     * Requests to a webhook are shown to who asks for them: in a list of all, each delivery would be there twice.
     *
     * @param flow empty for all flows
     */
    private RecentRequests log(String flow) {
        DestinationRegistry all = DestinationRegistry.of(camel);
        boolean webhook = !flow.isEmpty() && flows.of(flow).filter(FlowStatus::tellsResponses).isPresent();
        return webhook ? all.recentRequestsToWebhooks() : all.recentRequests();
    }

    /** The oldest first. @param after the number of the last one that is known already */
    List<RecentRequest> after(String flow, long after) {
        return flow.isEmpty() ? log(flow).after(after)
                : log(flow).of(flow).stream().filter(each -> each.number() > after).toList();
    }

    /** Those of a flow, or the last ones of all; the oldest first. */
    List<RecentRequest> all(String flow) {
        return after(flow, 0);
    }

    /** Empty if they are not kept any more. */
    Optional<RequestDetails> details(String flow, long number) {
        return log(flow).details(number);
    }

    /** So much of each body is kept; 0 for nothing. */
    int bodyBytes() {
        return log("").bodyBytes();
    }

    Secrets secrets() {
        return Secrets.of(camel);
    }

    /** As the person who asks may see them. */
    ShownRequests shown() {
        return new ShownRequests(secrets(), person.hasRole(Role.OPERATOR.toString()));
    }
}
