package dev.gtmroutes.flow;

import dev.gtmroutes.delivery.Acknowledgement;
import dev.gtmroutes.delivery.ChunkReader;
import dev.gtmroutes.delivery.CredentialMask;
import dev.gtmroutes.delivery.DeliveryHttpClient;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.RequestAggregation;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.Webhook;
import dev.gtmroutes.inbox.InboxFiles;
import dev.gtmroutes.inbox.SteadyScheduler;
import dev.gtmroutes.record.Shape;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Classes that only YAML names. A native image would leave them out. */
@RegisterForReflection(targets = {Acknowledgement.class, ChunkReader.class, CredentialMask.class,
        DeliveryHttpClient.class, InboxFiles.class, InFlight.class, RequestAggregation.class, RequestSender.class,
        Shape.class, SteadyScheduler.class, Webhook.class})
final class NativeClasses {
}
