using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A number that a training step returns: it lives until the trainer's next step, which may write its own to the same
/// place.</summary>
public readonly struct StepResult
{
    private readonly Tensor? _value;
    private readonly StepMemory? _memory;
    private readonly int _generation;

    /// <summary>Keeps a value beyond its step.</summary>
    /// <param name="value">A value of the step that runs; null for none.</param>
    public StepResult(Tensor? value)
    {
        if (value is not null && StepMemory.Current is { } memory && memory.Keep(ref value, out _generation)) _memory = memory;
        _value = value;
    }

    /// <summary>The value, for whoever reads it before the next step: a tensor that lives until then.</summary>
    /// <exception cref="ObjectDisposedException">The trainer has made a step since.</exception>
    public Tensor? Value
    {
        get
        {
            if (_value is null || _memory is null) return _value;
            if (_memory.Holds(_value, _generation)) return _memory.Copy(_value);
            throw new ObjectDisposedException(
                "Losses", "The losses of a step live until the trainer's next step, which was made: read them before it.");
        }
    }

    /// <summary>The value where it lies, for the trainer alone.</summary>
    public Tensor? Own => _value;

    /// <summary>Ends it. It may be called twice.</summary>
    public void Free()
    {
        if (_memory is not null) _memory.Release(_value!, _generation);
        else _value?.Dispose();
    }
}
