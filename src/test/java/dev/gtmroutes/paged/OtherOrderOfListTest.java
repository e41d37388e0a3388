// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;

/** A flow that reads another list, or of another account, than its version before did. */
class OtherOrderOfListTest extends ListTest {

    private static final String SORTED = "path=/page?sort_by=updated_at&paging=page&since=since&changed=updated_at"
            + "&sorted=true&pageSize=25";

    /** What it reads until its sink refuses the second page. */
    private void refusesTheSecondPage(String parameters) throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        try (ListFlow flow = new ListFlow(data, server, parameters, chunk -> {
            if (chunks.incrementAndGet() > 1) {
                throw new RuntimeCamelException("no more");
            }
        })) {
            await().until(() -> chunks.get() > 1);
            assertThat(flow.ids()).isEqualTo(ids(1, 25));
        }
    }

    @Test
    void anotherAccountIsReadFromItsBeginning() throws Exception {
        server.filled(60).ends = true;
        try (ListFlow flow = flow(SORTED)) {
            flow.awaitEnd();
            assertThat(flow.ids()).isEqualTo(ids(1, 60));
        }
        server.forgetRequests();
        try (ListFlow flow = new ListFlow(data, server, SORTED + "&api=RAW(kamelet:salesloft-api-action/salesloft-other)",
                ListFlow.TAKE, "salesloft.other.access-token", "secret", "salesloft.other.base-url", server.url())) {
            await().until(() -> flow.lines().size() == 60);

            assertThat(flow.ids()).isEqualTo(ids(1, 60));
            assertThat(server.requests().get(0)).doesNotContainKey("since");
        }
    }

    @Test
    void thePageInWorkIsDeliveredBeforeAnotherListIsRead() throws Exception {
        server.filled(60);
        refusesTheSecondPage("path=/offset&paging=offset&pageSize=25");
        server.forgetRequests();
        AtomicInteger asked = new AtomicInteger(-1);
        try (ListFlow flow = new ListFlow(data, server, "path=/page&paging=page&pageSize=25&query=a=b", chunk -> asked
                .compareAndSet(-1, server.requests().size()))) {
            await().until(() -> flow.isOver() && flow.lines().size() > 25);

            assertThat(flow.ids().subList(0, 25)).isEqualTo(ids(26, 50));
            assertThat(asked).as("asked for the other list before").hasValue(0);
            assertThat(flow.ids().subList(25, 85)).as("another list: nothing of it is known").isEqualTo(ids(1, 60));
        }
    }

    @Test
    void byAnotherKeyEachRecordArrivesOnceMore() throws Exception {
        server.filled(60).ends = true;
        refusesTheSecondPage(SORTED);
        try (ListFlow flow = flow(SORTED + "&key=updated_at")) {
            await().until(() -> flow.isOver() && flow.lines().size() >= 84);

            assertThat(flow.ids()).startsWith(ids(26, 49).toArray(Long[]::new)).endsWith(ids(1, 60).toArray(Long[]::new))
                    .hasSize(84);
        }
    }
}
