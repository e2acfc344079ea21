using System.Globalization;

namespace Dsl.Runtime;

/// <summary>How this process was started beside others, by the variables that launchers set.</summary>
/// <param name="Count">Processes that train together, at least 1.</param>
/// <param name="LocalRank">The place among those of this machine, from 0.</param>
/// <param name="Variable">What says so; null where nothing does.</param>
/// <param name="Place">Where the processes meet, of a launcher that knows nothing of MPI; null for MPI.</param>
internal sealed record RankLaunch(int Count, int LocalRank, string? Variable, MeetingPlace? Place = null)
{
    private const string Host = "MASTER_ADDR", Port = "MASTER_PORT";

    // Open MPI's mpirun, the PMI of MPICH and Slurm, and a step of srun. A batch script of Slurm's is one process, whatever it
    // was given: it has no step.
    private static readonly (string Count, string Rank, string Local) s_slurm =
        ("SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "SLURM_LOCALID");

    // What torchrun sets, and others as it does.
    private static readonly (string Count, string Rank, string Local) s_torchrun = ("WORLD_SIZE", "RANK", "LOCAL_RANK");

    private static readonly (string Count, string Rank, string Local)[] s_launchers =
    [
        ("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_LOCAL_RANK"),
        ("PMI_SIZE", "PMI_RANK", "MPI_LOCALRANKID"), s_slurm,
    ];

    /// <summary>Whether a launcher says that this is not the first of several processes. Nothing of MPI is asked.</summary>
    public static bool IsBehindFirst(Func<string, string?> variable) =>
        s_launchers.Append(s_torchrun).Any(
            launcher => Number(variable, launcher.Count) > 1 && Number(variable, launcher.Rank) > 0);

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    /// <exception cref="MpiException">A launcher that has nothing to do with MPI has started several processes, and does not say
    /// where they meet.</exception>
    public static RankLaunch Read(Func<string, string?> variable)
    {
        foreach (var (count, rank, local) in s_launchers)
        {
            if (Number(variable, count) is not ({ } processes and >= 1)) continue;
            bool meets = count == s_slurm.Count && processes > 1 && variable(Host) is { Length: > 0 };
            var place = meets ? PlaceOf(variable, Number(variable, rank) ?? 0) : null;
            return new(processes, Number(variable, local) ?? 0, count, place);
        }

        if (Number(variable, s_torchrun.Count) is not ({ } others and > 1)
            || Number(variable, s_torchrun.Rank) is not { } own) return new(1, 0, null);
        return new(others, Number(variable, s_torchrun.Local) ?? 0, s_torchrun.Count, PlaceOf(variable, own));
    }

    // The agents of torchrun listen at the port themselves, where they say so, and the next one is for the processes.
    private static MeetingPlace PlaceOf(Func<string, string?> variable, int rank)
    {
        if (variable(Host) is not { Length: > 0 } host || Number(variable, Port) is not ({ } port and > 0 and < 65535))
        {
            throw new MpiException(
                $"Rank {rank} was started beside others by torchrun or something alike, and {Host} and {Port} do not say where "
                + "rank 0 is: ranks on GPUs meet there. Ranks on the processor meet by MPI: start them by mpirun or srun.");
        }

        bool isTaken = string.Equals(variable("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase);
        return new(host, isTaken ? port + 1 : port, rank);
    }

    private static int? Number(Func<string, string?> variable, string name) =>
        int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
