namespace Dsl.Runtime;

// How ranks begin, and how they end: in order, or all when one fails.
public sealed unsafe partial class RankGroup
{
    /// <summary>
    /// What a failure of one rank does: it is written to standard error with its rank, and all processes end. It stands in a
    /// filter of <c>catch</c>.
    /// </summary>
    /// <param name="failure">What was thrown.</param>
    /// <returns>False: where this process is alone, or every rank has thrown the same, it goes its way.</returns>
    public bool Ends(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (_meeting is null) return false;
        if (failure is DivergedException or TrainingInterruptedException or MpiException { IsOnAllRanks: true }) return false;
        Abort(failure);
        return false;
    }

    /// <summary>What is being written is on disk before a failure of this rank ends all.</summary>
    internal void WaitFor(CheckpointWriter writer)
    {
        if (_meeting is not null) Volatile.Write(ref _writer, writer);
    }

    private static RankGroup Start()
    {
        var launch = RankLaunch.Read(Environment.GetEnvironmentVariable);
        if (launch.Count == 1) return Alone;
        string why = $"{launch.Variable} = {launch.Count} says that this is one of {launch.Count} processes that train together";
        if (launch.Place is { } place) return MeetBySockets(place, launch);
        var mpi = Mpi.Begin(why);
        var group = new RankGroup(mpi, mpi, launch.LocalRank, NcclFunctions.Load);
        if (group.Count != launch.Count)
        {
            throw new MpiException(
                $"{why}, but Open MPI knows of {group.Count}: the launcher is not that of the library. Start by Open MPI's own "
                + "mpirun, or by srun --mpi=pmix.");
        }

        return group.Guarded();
    }

    private static RankGroup MeetBySockets(MeetingPlace place, RankLaunch launch)
    {
        var meeting = SocketMeeting.Begin(place, launch.Count, TimeSpan.FromMinutes(10));
        var group = new RankGroup(meeting, null, launch.LocalRank, NcclFunctions.Load);
        meeting.Watch(rank =>
        {
            if (rank != group.Rank) meeting.Tell(rank);
            group.Abort(meeting.Ended(rank));
        });
        return group.Guarded();
    }

    private RankGroup Guarded()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) => Abort(thrown.ExceptionObject);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        return this;
    }

    // A rank that waits for one that has ended is in a call, or its GPU is: another thread asks NCCL.
    private void Watch()
    {
        while (!_isOver.Wait(TimeSpan.FromSeconds(1)))
        {
            if (_gpus!.Failure() is not { } failure) continue;
            Abort(failure);
            return;
        }
    }

    private void Abort(object failure)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) != 0) return;
        _isOver.Set();
        if (Volatile.Read(ref _writer)?.Finish() is { } unsaved) Console.Error.WriteLine(unsaved.Message);
        Console.Error.WriteLine($"Rank {Rank} of {Count} has failed, and with it the run: {failure}");
        Console.Error.Flush();
        _gpus?.Abort();
        _meeting!.Abort();
    }

    // A rank that has failed leaves without a word, which the launcher takes as the end of all; to end in order it would wait for
    // the others.
    private void End()
    {
        if (Volatile.Read(ref _hasFailed) != 0 || Environment.ExitCode != 0) return;
        _isOver.Set();
        _gpus?.End();
        _meeting!.End();
    }
}
