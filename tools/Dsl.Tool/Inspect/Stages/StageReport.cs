using System.Text;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Inspect.Stages;

/// <summary>
/// The intermediate representation as it is read, after each pass, and with its plan of memory. What a pass adds is marked +,
/// what it takes away stands at the end, marked -.
/// </summary>
internal sealed class StageReport
{
    private readonly StringBuilder _text = new();
    private List<string> _last = [];

    /// <param name="network">A checked model, before any pass; the first stage is what the forward passes make of it.</param>
    public static string Of(NetworkProgram network, bool hasPair)
    {
        var report = new StageReport();
        ForwardPasses.Run(network);
        if (!hasPair)
        {
            report.Write("forward", network.Computation);
            report._text.Append(
                "\nNothing follows: this model has no backward pass of its own, autograd derives it at run time.\n");
            return report._text.ToString();
        }

        var pair = new NetworkPair(network, report.Write);
        report.Write("PlanMemory, forward", pair.Forward, pair.PlanForward(network), [.. pair.Saved]);
        report.Write("PlanMemory, backward", [.. pair.ParameterPart, .. pair.InputPart], pair.PlanBackward(), []);
        return report._text.ToString();
    }

    /// <param name="trainer">A checked trainer, before any pass.</param>
    public static string Of(TrainerProgram trainer)
    {
        var report = new StageReport();
        foreach (var phase in trainer.Phases)
        {
            if (phase.Name.Length > 0) report._text.Append($"== {phase.Name}\n");
            var plan = new StepPlan(trainer, phase, report.Write);
            if (phase.IsExplicit) report.Write("PlanMemory", plan.Nodes, plan.Memory, []);
            else report._text.Append("\nNothing follows: autograd derives the gradient at run time.\n");
        }

        return report._text.ToString();
    }

    private void Write(string stage, Computation computation)
    {
        var lines = computation.Nodes.Select(OperationText.Of).ToList();
        int operations = computation.Nodes.Count(node => !node.Operation.IsLeaf);
        bool isFirst = _text.Length == 0, isSame = lines.SequenceEqual(_last);
        _text.Append($"{(isFirst ? "" : "\n")}== {stage}: {operations} operations{(isSame ? ", nothing changes" : "")}\n");
        if (isSame) return;
        var known = _last.ToHashSet();
        string? section = null;
        foreach (var node in computation.Nodes)
        {
            if (node.Section is not null && node.Section != section) _text.Append($"  # {section = node.Section}\n");
            string line = OperationText.Of(node);
            _text.Append($"{(isFirst || known.Contains(line) ? ' ' : '+')} {line}\n");
        }

        foreach (string gone in _last.Except(lines)) _text.Append($"- {gone}\n");
        _last = lines;
    }

    private void Write(string stage, IReadOnlyList<Node> nodes, PlanMemory plan, HashSet<Value> saved)
    {
        var operations = nodes.Where(node => !node.Operation.IsLeaf).ToList();
        _text.Append($"\n== {stage}: {operations.Count(plan.IsInPlace)} of {operations.Count} in place\n");
        foreach (var node in operations)
        {
            string notes = string.Join("; ", new[]
            {
                plan.IsInPlace(node) ? $"written over {node.Inputs[0].Name}" : "",
                node.Outputs.Where(saved.Contains).Select(value => value.Name).ToList() is { Count: > 0 } kept
                    ? $"keeps {string.Join(", ", kept)}" : "",
                plan.FreedAfter(node) is { Count: > 0 } freed
                    ? $"frees {string.Join(", ", freed.Select(value => value.Name).Distinct())}" : "",
            }.Where(note => note.Length > 0));
            _text.Append($"  {OperationText.Of(node)}{(notes.Length == 0 ? "" : $"  # {notes}")}\n");
        }
    }
}
