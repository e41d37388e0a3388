// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.console.credentials.CredentialLinks;
import dev.gtmroutes.console.overview.AttentionItem.Kind;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private static final Instant SINCE = Instant.parse("2026-11-30T08:52:00Z");
    private static final OpenWork.Counts NOTHING = new OpenWork.Counts(Map.of(), Map.of());

    private final KnownVendors vendors = new KnownVendors(Kamelets.in(Path.of("routes/kamelets")));
    private final Map<FlowStatus, FlowChip> chips = new LinkedHashMap<>();

    @Test
    void wellFlowsNeedNobody() {
        flow("good", FlowState.ACTIVE, "", FlowChip.Kind.HEALTHY, 3);
        flow("new", FlowState.ACTIVE, "", FlowChip.Kind.STARTING, 0);
        flow("off", FlowState.PAUSED, "paused by a person", FlowChip.Kind.PAUSED, 5);

        assertThat(attention(NOTHING).all()).isZero();
    }

    @Test
    void theMostUrgentComesFirstAndEachHasItsRemedy() {
        flow("setup", FlowState.NOT_LOADED, "routes/flows/setup.yaml:8: unknown Kamelet", FlowChip.Kind.NEEDS_SETUP, 0);
        flow("late", FlowState.ACTIVE, "", FlowChip.Kind.LATE, 0);
        flow("retrying", FlowState.ACTIVE, "", FlowChip.Kind.RETRYING, 2);
        flow("refused", FlowState.WAITING_FOR_CREDENTIAL, "responded with 401", FlowChip.Kind.FAILING, 1);
        OpenWork.Counts open = new OpenWork.Counts(Map.of("held", Map.of(DeadLetterState.HELD, 3L), "bad",
                Map.of(DeadLetterState.REJECTED, 14L, DeadLetterState.HELD, 0L)), Map.of());

        Attention attention = attention(open);

        assertThat(attention.items()).extracting(AttentionItem::kind).containsExactly(Kind.FAILING, Kind.RETRYING, Kind.HELD,
                Kind.LATE, Kind.REJECTED, Kind.NEEDS_SETUP);
        assertThat(attention.items()).extracting(AttentionItem::button).containsExactly("Replace credential",
                "View requests", "Review 3 records", "View export", "Review reasons", "Edit flow");
        assertThat(attention.items()).extracting(AttentionItem::href).containsExactly("/credentials#of-refused",
                "/requests?flow=retrying", "/dead-letters?flow=held&kind=held", "/exports",
                "/dead-letters?flow=bad&kind=rejected", "/flows/setup/edit");
        assertThat(attention.items().get(0).text()).isEqualTo("Why refused. 1 file is waiting; no record is lost.");
        assertThat(attention.items().get(1).text()).endsWith("2 files are waiting; no record is lost.");
        assertThat(attention.items().get(2).text())
                .isEqualTo("The API may have processed 3 records. Check the API before you replay them.");
    }

    @Test
    void aMissingCredentialIsNamedWithoutItsSetting() {
        flow("leads", FlowState.NOT_LOADED, "routes/flows/leads.yaml: setting customerly.access-token is missing. Set it",
                FlowChip.Kind.NEEDS_SETUP, 1);
        flow("named", FlowState.NOT_LOADED, "routes/flows/n.yaml: there is no credential: set people-ai.acme.api-key or",
                FlowChip.Kind.NEEDS_SETUP, 0);

        List<AttentionItem> items = attention(NOTHING).items();

        assertThat(items).extracting(AttentionItem::text).containsExactly(
                "The Customerly credential has no value. 1 file is waiting; no record is lost.",
                "The People.ai credential “acme” has no value.");
        assertThat(items).extracting(AttentionItem::href).containsExactly("/credentials?new=customerly",
                "/credentials?new=people-ai");
    }

    @Test
    void rejectedRecordsOfManyFlowsAreOneItem() {
        OpenWork.Counts open = new OpenWork.Counts(Map.of("a", Map.of(DeadLetterState.REJECTED, 118L), "b",
                Map.of(DeadLetterState.REJECTED, 4L), "c", Map.of(DeadLetterState.REJECTED, 4L)), Map.of());

        AttentionItem item = attention(open).items().get(0);

        assertThat(item.count()).isEqualTo(126);
        assertThat(item.title()).isEqualTo("dead letters");
        assertThat(item.text()).isEqualTo("118 in a, 8 in 2 other flows. 7 records were rejected today.");
        assertThat(item.href()).isEqualTo("/dead-letters?kind=rejected");
    }

    @Test
    void aFlowThatFailsByItsRejectedRecordsIsOneItem() {
        flow("bad", FlowState.ACTIVE, "", FlowChip.Kind.FAILING, 0);
        flow("good", FlowState.ACTIVE, "", FlowChip.Kind.HEALTHY, 0);
        OpenWork.Counts open = new OpenWork.Counts(Map.of("bad", Map.of(DeadLetterState.REJECTED, 118L), "good",
                Map.of(DeadLetterState.REJECTED, 1L)), Map.of());

        assertThat(attention(open).items()).extracting(AttentionItem::id).containsExactly("attention-failing-bad",
                "attention-rejected");
        assertThat(attention(open).items()).extracting(AttentionItem::href).containsExactly("/dead-letters?flow=bad",
                "/dead-letters?flow=good&kind=rejected");
    }

    @Test
    void moreThanAPageFullAreCounted() {
        for (int i = 0; i < 50; i++) {
            flow("flow-" + i, FlowState.ACTIVE, "", FlowChip.Kind.RETRYING, 0);
        }

        Attention attention = attention(NOTHING);

        assertThat(attention.items()).hasSize(20);
        assertThat(attention.more()).isEqualTo(30);
        assertThat(attention.all()).isEqualTo(50);
    }

    @Test
    void statesAreCountedInWords() {
        flow("a", FlowState.ACTIVE, "", FlowChip.Kind.HEALTHY, 0);
        flow("b", FlowState.ACTIVE, "", FlowChip.Kind.FAILING, 0);
        flow("c", FlowState.ACTIVE, "", FlowChip.Kind.HEALTHY, 0);

        assertThat(OverviewPage.count(chips.values())).isEqualTo("3 flows: 1 failing, 2 healthy");
        assertThat(OverviewPage.count(List.of())).isEqualTo("No flows yet");
    }

    private Attention attention(OpenWork.Counts open) {
        return Attention.of(chips, open, vendors, flow -> new CredentialLinks.Link("/credentials#of-" + flow, true), 7);
    }

    private void flow(String id, FlowState state, String reason, FlowChip.Kind kind, long files) {
        chips.put(new FlowStatus(id, "", state, reason, SINCE, "", new Backlog.Waiting(files, files * 100, Optional.empty()),
                List.of(), ""), new FlowChip(kind, kind.title(), SINCE, "Why " + id, null));
    }
}
