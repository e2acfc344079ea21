using System;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Passes;

/// <summary>Passes in the order in which they run.</summary>
/// <typeparam name="T">What they work on.</typeparam>
/// <param name="passes">Each with its name.</param>
internal sealed class Pipeline<T>(params (string Name, Action<T> Run)[] passes)
{
    /// <summary>Runs every pass.</summary>
    /// <param name="computation">What the passes change.</param>
    /// <param name="stage">Sees the computation as it is read and after each pass, by the pass's name; null for nobody.</param>
    public void Run(T subject, Computation computation, Action<string, Computation>? stage)
    {
        stage?.Invoke("forward", computation);
        foreach (var (name, run) in passes)
        {
            run(subject);
            stage?.Invoke(name, computation);
        }
    }
}
