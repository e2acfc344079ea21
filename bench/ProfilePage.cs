using System.Globalization;
using System.Text;

namespace Bench;

/// <summary>A page for a workload: what a step computes and moves, what the machine could do in that time, and where the time
/// goes.</summary>
internal static class ProfilePage
{
    // Functions that are listed.
    private const int Listed = 8;

    // What Adam reads and writes of a parameter, with its gradient and both moments, and what momentum does.
    private const int BytesOfAdam = 32;

    /// <summary>Writes a page.</summary>
    /// <param name="ceilings">GFLOP/s of a product and GB/s of memory, of this machine.</param>
    public static string Write(
        string name, double microseconds, IReadOnlyList<ProfiledFunction> functions, double flops, long parameters,
        (double Gflops, double Gigabytes) ceilings, string machine, int threads)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        double products = flops / ceilings.Gflops / 1e3, update = parameters * BytesOfAdam / ceilings.Gigabytes / 1e3;
        Line($"# {name}");
        Line($"");
        Line($"Written by `./dsl bench profile {name} --threads {threads} --pages docs/workloads` on {machine}.");
        Line($"A step took {microseconds:0} µs under `perf`.");
        Line($"");
        Line($"| a step | | at the machine's ceiling |");
        Line($"|---|---|---|");
        Line($"| products and convolutions | {flops / 1e6:0.0} MFLOP | {products:0} µs at {ceilings.Gflops:0} GFLOP/s |");
        double megabytes = parameters * BytesOfAdam / 1e6;
        Line($"| parameters, gradient, moments | {megabytes:0.00} MB | {update:0} µs at {ceilings.Gigabytes:0} GB/s |");
        Line($"| together | | {products + update:0} µs, {(products + update) / microseconds:0 %} of the step |");
        Line($"");
        Line($"Where the time goes:");
        Line($"");
        Line($"| | share | µs |");
        Line($"|---|---|---|");
        foreach (var kind in functions.GroupBy(function => function.Kind).OrderByDescending(kind => kind.Sum(f => f.Share)))
        {
            double share = kind.Sum(function => function.Share);
            if (share >= 0.005) Line($"| {kind.Key} | {share:0.0 %} | {share * microseconds:0} |");
        }

        Line($"");
        Line($"The first functions:");
        Line($"");
        Line($"| function | share |");
        Line($"|---|---|");
        var named = functions.GroupBy(function => function.Short)
            .Select(group => (Name: group.Key, Share: group.Sum(function => function.Share)));
        foreach (var each in named.OrderByDescending(each => each.Share).Take(Listed))
            Line($"| `{each.Name.Replace("|", "\\|", StringComparison.Ordinal)}` | {each.Share:0.0 %} |");
        return text.ToString();
    }
}
