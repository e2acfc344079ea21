using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>An optimizer's update for GPUs: a kernel in CUDA C for each pass over elements.</summary>
/// <param name="code">Where it is written to.</param>
/// <param name="update">The update.</param>
/// <param name="suffix">What names of kernels end with.</param>
/// <param name="vectors">The arena's vectors: one element's name, and that of the tensor.</param>
internal sealed class UpdateKernels(
    CodeWriter code, UpdateProgram update, string suffix, IEnumerable<(string Element, string Name)> vectors)
{
    private readonly IReadOnlyList<(string Element, string Name)> _vectors = [.. vectors];

    /// <summary>The tensor of a vector that is named after one element; of another one its own name.</summary>
    public string Tensor(string element) =>
        _vectors.Where(vector => vector.Element == element).Select(vector => vector.Name).FirstOrDefault() ?? element;

    /// <summary>The kernels, as members of the trainer.</summary>
    public void WriteSources()
    {
        foreach (var pass in update.Passes.Where(pass => pass.Whole is null))
        {
            code.Line();
            if (pass.Number == 1) code.Line("// The update on a GPU, compiled there when it is first launched.");
            code.Line($"private static readonly CudaKernel {Field(pass)} = new(\"{Function(pass)}\", \"\"\"");
            WriteSource(pass);
            code.Line("\"\"\");");
        }
    }

    /// <summary>The launches, and what is of whole parameters between them.</summary>
    public void WriteLaunches()
    {
        foreach (var pass in update.Passes)
        {
            if (pass.Whole is { } whole)
            {
                code.Line(whole.Tensors(Tensor));
                continue;
            }

            IEnumerable<string> arguments =
            [
                "parameters", "parameters.numel()",
                .. Touched(pass).Select(vector => $"CudaKernel.Pointer({vector.Name})"),
                .. Ratios(pass).Select(ratio => $"{ratio} is null ? 0 : CudaKernel.Pointer({ratio})"),
                .. Coefficients(pass).Select(coefficient => $"CudaKernel.Number({coefficient})"),
                "(ulong)parameters.numel()",
            ];
            code.Line($"{Field(pass)}.Launch({string.Join(", ", arguments)});");
        }
    }

    private static IEnumerable<string> Ratios(UpdatePass pass) =>
        pass.Statements.Select(statement => statement.ReadRatio).OfType<string>().Distinct();

    private static HashSet<string> Read(UpdatePass pass) => [.. pass.Statements.SelectMany(statement => statement.Vectors)];

    private string Field(UpdatePass pass) => $"s_update{suffix}{(pass.Number > 1 ? $"{pass.Number}" : "")}";

    private string Function(UpdatePass pass) => $"update{(pass.Number > 1 ? $"{pass.Number}" : "")}";

    // In the order in which they are declared.
    private IEnumerable<string> Coefficients(UpdatePass pass)
    {
        var read = new HashSet<string>(pass.Statements.SelectMany(statement => statement.Coefficients));
        return update.Coefficients.Select(coefficient => coefficient.Name).Where(read.Contains);
    }

    private IEnumerable<(string Element, string Name)> Touched(UpdatePass pass)
    {
        var read = Read(pass);
        return _vectors.Where(vector =>
            read.Contains(vector.Element) || (pass.IsLast && vector.Element == UpdateProgram.Gradients));
    }

    private void WriteSource(UpdatePass pass)
    {
        IEnumerable<string> parameters =
        [
            .. Touched(pass).Select(vector => $"float* {vector.Name}"), .. Ratios(pass).Select(ratio => $"const float* {ratio}"),
            .. Coefficients(pass).Select(coefficient => $"double {coefficient}"), "long long count",
        ];
        using (code.Block($"extern \"C\" __global__ void {Function(pass)}({string.Join(", ", parameters)})"))
        using (code.Block("for (long long i = thread_index(); i < count; i += thread_count())"))
        {
            var read = Read(pass);
            var changed = new HashSet<string>(pass.Statements.Select(statement => statement.Changed).OfType<string>());
            var loaded = _vectors.Where(vector => read.Contains(vector.Element));
            code.Line($"float {string.Join(", ", loaded.Select(vector => $"{vector.Element} = {vector.Name}[i]"))};");
            foreach (var statement in pass.Statements) code.Line(statement.Kernel());
            foreach (var (element, name) in Touched(pass))
            {
                if (pass.IsLast && element == UpdateProgram.Gradients) code.Line($"{name}[i] = 0.0f;");
                else if (changed.Contains(element)) code.Line($"{name}[i] = {element};");
            }
        }
    }
}
