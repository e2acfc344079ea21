using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Emitting.Blocks;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Which gradients a backward pass has completed behind each of its statements.</summary>
internal sealed class CompleteGradients
{
    private readonly CodeWriter _code;
    private readonly List<List<ArenaSegment>> _behind = [];
    private int _step;

    /// <param name="code">Where the backward pass is written.</param>
    /// <param name="steps">The operations of each statement, in order.</param>
    public CompleteGradients(CodeWriter code, NetworkProgram network, NetworkPair pair, BlockPlan blocks)
    {
        _code = code;
        var last = new Dictionary<string, int>();
        int step = 0;
        foreach (var (node, run) in blocks.Steps(pair.ParameterPart))
        {
            _behind.Add([]);
            foreach (var written in node is not null ? [node] : run.SelectMany(use => use.Backward))
                if (written.Operation is IAccumulation accumulation) last[accumulation.Member] = step;
            step++;
        }

        // What is written row by row is complete at the end of the pass, when nobody asks any more.
        foreach (var parameter in network.Parameters.Where(parameter => !parameter.IsFrozen))
        {
            bool isByRows = network.TrainedRows.Any(rows => rows.Parameter == parameter);
            if (!isByRows && last.TryGetValue($"gradients.{parameter.Member}", out int written))
                _behind[written].Add(network.Layout.SegmentOf(parameter));
        }
    }

    /// <summary>Behind the next statement.</summary>
    public void Write()
    {
        foreach (var segment in Joined(_behind[_step++]))
            _code.Line($"Arena.Completes({segment.Offset}, {segment.Offset + segment.Length});");
    }

    private static List<ArenaSegment> Joined(IEnumerable<ArenaSegment> segments)
    {
        var joined = new List<ArenaSegment>();
        foreach (var segment in segments.OrderBy(segment => segment.Offset))
        {
            if (joined.Count > 0 && joined[joined.Count - 1] is var last && last.Offset + last.Length == segment.Offset)
                joined[joined.Count - 1] = last with { Length = last.Length + segment.Length };
            else
                joined.Add(segment);
        }

        return joined;
    }
}
