using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>Ctrl-C and SIGTERM while a run can be saved: the first one asks for the end of the run, the next one is what it
/// always is.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile string? _signal;

    /// <summary>From now on signals are held.</summary>
    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Hold), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hold),
    ];

    /// <summary>The signal that asked for the end; null before.</summary>
    public string? Signal => _signal;

    /// <summary>Signals are what they always are.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private void Hold(PosixSignalContext context)
    {
        if (_signal is not null) return;
        context.Cancel = true;
        _signal = context.Signal == PosixSignal.SIGINT ? "Ctrl-C" : "SIGTERM";
    }
}
