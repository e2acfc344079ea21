using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A generated model with an explicit backward pass: no tape is recorded, no graph is built.</summary>
/// <typeparam name="TTape">What the forward pass saves for the backward one; one object for each call in a step.</typeparam>
public interface IExplicitModel<TTape>
    where TTape : class, IDisposable, new()
{
    /// <summary>All parameters in one flat tensor, and their gradients in a second one.</summary>
    ParameterArena Arena { get; }

    /// <summary>The output in training mode; saves what <see cref="Backward"/> needs.</summary>
    Tensor Forward(Tensor input, TTape tape);

    /// <summary>Adds the parameters' gradients to the arena and frees what the tape saved.</summary>
    /// <returns>The gradient of the input, when it was asked for.</returns>
    /// <exception cref="InvalidOperationException">It was asked for, but the tape of a network with a frozen part was not told to
    /// keep what it needs.</exception>
    Tensor? Backward(TTape tape, Tensor outputGradient, bool inputGradient = false);
}
