using System.Runtime.CompilerServices;

// Every signature that crosses into the shim is blittable, so the marshaller has nothing to do on a call.
[assembly: DisableRuntimeMarshalling]
[assembly: InternalsVisibleTo("AtenGenerator")]
[assembly: InternalsVisibleTo("Dsl.Torch.Tests")]

// Argument arrays live on the stack and are written before they are read: zeroing them first would cost more than the call.
[module: SkipLocalsInit]
