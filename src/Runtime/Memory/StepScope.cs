using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A dispose scope around a network that is asked. In a step whose memory has all that such networks make, as where no
/// operator of libtorch made a tensor in the same step before, there is none: a scope is an object for the garbage
/// collector.</summary>
internal readonly ref struct StepScope
{
    private readonly DisposeScope? _scope;

    private StepScope(DisposeScope? scope) => _scope = scope;

    /// <summary>Opens one where there has to be one.</summary>
    public static StepScope Open() => new(StepMemory.HoldsAll ? null : NewDisposeScope());

    /// <summary>Frees what it holds.</summary>
    public void Dispose()
    {
        if (_scope is null) return;
        StepMemory.TellMade(_scope.DisposablesCount);
        _scope.Dispose();
    }
}
