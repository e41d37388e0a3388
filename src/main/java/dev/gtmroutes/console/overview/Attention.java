// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.gtmroutes.console.credentials.CredentialLinks;
import dev.gtmroutes.console.overview.AttentionItem.Kind;
import dev.gtmroutes.console.overview.KnownVendors.NeededCredential;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;

/**
 * What needs a person, most urgent first.
 *
 * @param items at most {@link #MOST_SHOWN}
 * @param more  how many are not among them
 */
public record Attention(List<AttentionItem> items, int more) {

    static final int MOST_SHOWN = 20;

    private static final Comparator<AttentionItem> ORDER = Comparator.comparing(AttentionItem::kind)
            .thenComparing(AttentionItem::since, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(AttentionItem::title);

    /** How many there are in all. */
    public int all() {
        return items.size() + more;
    }

    /**
     * @param chips    all flows and the state that each is in
     * @param work     what waits for a person
     * @param credentials where the credential of a flow is replaced
     * @param rejected how many records were rejected today
     */
    static Attention of(Map<FlowStatus, FlowChip> chips, OpenWork.Counts work, KnownVendors vendors,
            Function<String, CredentialLinks.Link> credentials, long rejected) {
        Map<String, FlowStatus> flows = new LinkedHashMap<>();
        List<AttentionItem> all = new ArrayList<>();
        chips.forEach((flow, chip) -> {
            flows.put(flow.id(), flow);
            if (chip.kind().isProblem()) {
                all.add(state(flow, chip, vendors, credentials));
            }
        });
        work.byFlow(DeadLetterState.HELD).forEach((flow, count) -> all.add(held(flow, count,
                Optional.ofNullable(flows.get(flow)).map(vendors::of).orElse(null))));
        Map<String, Long> others = work.byFlow(DeadLetterState.REJECTED);
        // The item of a flow that fails by them leads to them.
        chips.forEach((flow, chip) -> {
            if (chip.kind() == FlowChip.Kind.FAILING && Remedy.isDeadLetters(flow)) {
                others.remove(flow.id());
            }
        });
        rejected(others, rejected).ifPresent(all::add);
        all.sort(ORDER);
        return new Attention(List.copyOf(all.subList(0, Math.min(MOST_SHOWN, all.size()))),
                Math.max(0, all.size() - MOST_SHOWN));
    }

    private static AttentionItem state(FlowStatus flow, FlowChip chip, KnownVendors vendors,
            Function<String, CredentialLinks.Link> credentials) {
        Kind kind = switch (chip.kind()) {
            case FAILING -> Kind.FAILING;
            case RETRYING -> Kind.RETRYING;
            case LATE -> Kind.LATE;
            default -> Kind.NEEDS_SETUP;
        };
        Optional<NeededCredential> missing = flow.state() == FlowState.NOT_LOADED ? vendors.missing(flow.reason())
                : Optional.empty();
        if (missing.isPresent()) {
            return new AttentionItem(kind, flow.id(), 0, flow.id(), missing.get().vendor(),
                    missing.get().title() + " has no value." + waiting(flow), null, null, "Add credential",
                    "/credentials?new=" + QueryText.encoded(missing.get().api()));
        }
        Remedy remedy = Remedy.of(flow, kind, credentials);
        return new AttentionItem(kind, flow.id(), 0, flow.id(), vendors.of(flow), sentence(chip.detail()) + waiting(flow),
                chip.since(), chip.next(), remedy.button(), remedy.href());
    }

    private static AttentionItem held(String flow, long count, VendorMark vendor) {
        String who = vendor == null ? "The API" : vendor.title();
        return new AttentionItem(Kind.HELD, flow, 0, flow, vendor, who + " may have processed " + records(count)
                + ". Check " + (vendor == null ? "the API" : who) + " before you replay " + (count == 1 ? "it" : "them")
                + ".",
                null, null, "Review " + records(count), letters(flow, DeadLetterState.HELD));
    }

    /** One for all flows: a person looks through the reasons, not through the flows. */
    private static Optional<AttentionItem> rejected(Map<String, Long> byFlow, long today) {
        if (byFlow.isEmpty()) {
            return Optional.empty();
        }
        long sum = byFlow.values().stream().mapToLong(Long::longValue).sum();
        Map.Entry<String, Long> most = byFlow.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        int others = byFlow.size() - 1;
        String where = others == 0 ? "All in " + most.getKey()
                : most.getValue() + " in " + most.getKey() + ", " + (sum - most.getValue()) + " in "
                        + (others == 1 ? "another flow" : others + " other flows");
        return Optional.of(new AttentionItem(Kind.REJECTED, "", sum, "dead letter" + (sum == 1 ? "" : "s"), null,
                where + ". " + (today == 1 ? "1 record was" : today + " records were") + " rejected today.", null,
                null, "Review reasons", others == 0 ? letters(most.getKey(), DeadLetterState.REJECTED)
                        : "/dead-letters?kind=" + DeadLetterState.REJECTED));
    }

    private static String letters(String flow, DeadLetterState state) {
        return "/dead-letters?flow=" + QueryText.encoded(flow) + "&kind=" + state;
    }

    /** What to do about the state of a flow. */
    private record Remedy(String button, String href) {

        static boolean isDeadLetters(FlowStatus flow) {
            return flow.state() == FlowState.PAUSED_AFTER_REJECTIONS || flow.state() == FlowState.ACTIVE;
        }

        private static Remedy of(CredentialLinks.Link credential) {
            return new Remedy(credential.mayReplace() ? "Replace credential" : "View credential", credential.href());
        }

        static Remedy of(FlowStatus flow, Kind kind, Function<String, CredentialLinks.Link> credentials) {
            String owner = QueryText.encoded(flow.tellsResponses() ? flow.webhookOf() : flow.id());
            String page = "/flows/" + owner;
            return switch (kind) {
                case FAILING -> switch (flow.state()) {
                    case WAITING_FOR_CREDENTIAL -> Remedy.of(credentials.apply(flow.id()));
                    case PAUSED_AFTER_REJECTIONS, ACTIVE -> new Remedy("Review reasons",
                            "/dead-letters?flow=" + QueryText.encoded(flow.id()));
                    default -> new Remedy("View flow", page);
                };
                case RETRYING -> new Remedy("View requests", "/requests?flow=" + QueryText.encoded(flow.id()));
                case LATE -> flow.state() == FlowState.STALLED ? new Remedy("View flow", page)
                        : new Remedy("View export", "/exports");
                default -> new Remedy("Edit flow", page + "/edit");
            };
        }
    }

    private static String waiting(FlowStatus flow) {
        long files = flow.waiting().files();
        return files == 0 ? ""
                : files == 1 ? " 1 file is waiting; no record is lost."
                : " " + files + " files are waiting; no record is lost.";
    }

    private static String records(long count) {
        return count == 1 ? "1 record" : count + " records";
    }

    private static String sentence(String text) {
        return text.isEmpty() || text.endsWith(".") || text.endsWith("?") || text.endsWith("…") ? text : text + ".";
    }
}
